package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Pretraining.Progress;
import karuta.api.RandomStream;
import karuta.tensor.CosineSchedule;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/** Stage 3: projector and decoder of LLaVA learn to answer about frozen features, in every convention. */
final class AnswerStage {

    private static final int BATCH = 32;
    private static final int WARMUP = 200;
    private static final double RATE = 2e-3;
    private static final double DECAY = 0.02;
    private static final double ALIGNMENT = 0.3;
    private static final double FEATURE_NOISE = 0.05;

    private final TinyLlava model;
    private final Vocabulary vocabulary;
    private final SceneSet gallery;
    private final NDManager manager;
    private final RandomStream draws;
    private final Preamble preamble;
    private final Alignment alignment;

    AnswerStage(TinyLlava model, Vocabulary vocabulary, SceneSet gallery, NDManager manager, RandomStream draws) {
        this.model = model;
        this.vocabulary = vocabulary;
        this.gallery = gallery;
        this.manager = manager;
        this.draws = draws;
        preamble = new Preamble(vocabulary);
        alignment = new Alignment(vocabulary);
    }

    /** Trains. */
    void run(int steps, Progress progress) {
        var curriculum = new Curriculum(steps);
        var figures = new Figures("answers", steps, progress);
        var schedule = new CosineSchedule(steps, Math.min(WARMUP, steps));
        model.level(gallery.patches());
        try (var training = new Training(model.weights().made(), RATE, DECAY, schedule)) {
            for (var step = 0; step < steps; step++) {
                var now = step;
                training.step(() -> loss(curriculum, now, figures));
                figures.done(step);
            }
        }
    }

    private NDArray loss(Curriculum curriculum, int step, Figures figures) {
        var place = draws.fork(step);
        var blocks = curriculum.blocks(step, place.fork("blocks"));
        var syllabus = curriculum.syllabus(step);
        var exercises = IntStream.range(0, BATCH)
                .mapToObj(i -> {
                    var row = preamble.row(blocks, place.fork("preamble").fork(i));
                    return Exercise.of(
                            vocabulary,
                            gallery.scenes(),
                            row,
                            syllabus,
                            place.fork("exercise").fork(i));
                })
                .toList();
        var numbers = exercises.stream().mapToLong(Exercise::scene).toArray();
        NDArray patches = gallery.patches(numbers);
        NDArray noise = Ops.scale(normals(place.fork("features"), patches.getShape()), FEATURE_NOISE);
        NDArray images = model.projector().forward(patches.add(noise));
        var asked = Reading.of(model, manager, exercises, images, Optional.of(place.fork("words")));
        figures.note(blocks.isEmpty() ? "right" : "right with preamble", asked.right());
        NDArray loss = asked.loss();
        figures.note("loss", loss.getFloat());
        return curriculum.aligned(step)
                ? loss.add(Ops.scale(alignment.loss(images, model.llama().table(), gallery.scenes(numbers)), ALIGNMENT))
                : loss;
    }

    private NDArray normals(RandomStream place, Shape shape) {
        return Tensors.of(manager, place.normals(Math.toIntExact(shape.size())), shape);
    }
}
