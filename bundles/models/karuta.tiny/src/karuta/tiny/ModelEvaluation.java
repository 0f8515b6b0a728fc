package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import karuta.api.RandomStream;
import karuta.bench.cards.QuestionType;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Scope;

/** Tries finished models on scenes that they have not seen. */
final class ModelEvaluation {

    static final int BATCH = 64;
    private static final Map<String, List<Integer>> PREAMBLES = preambles();

    private final Vocabulary vocabulary;
    private final SceneSet gallery;
    private final NDManager manager;
    private final RandomStream draws;
    private final int batches;

    /**
     * @param batches how many batches of {@value #BATCH} questions of each sort; the gallery has as many images at
     * least
     */
    ModelEvaluation(Vocabulary vocabulary, SceneSet gallery, NDManager manager, RandomStream draws, int batches) {
        this.vocabulary = vocabulary;
        this.gallery = gallery;
        this.manager = manager;
        this.draws = draws;
        this.batches = batches;
    }

    private static Map<String, List<Integer>> preambles() {
        var preambles = new LinkedHashMap<String, List<Integer>>();
        preambles.put("without preamble", List.of());
        preambles.put("with one block", List.of(8));
        preambles.put("with three blocks", List.of(8, 8, 8));
        return preambles;
    }

    /** How often an image's own text is the nearest of {@value #BATCH}. */
    Map<String, Double> retrieval(TinyClip model) {
        return Autograd.noGrad(() -> {
            var figures = new LinkedHashMap<String, Double>();
            var sum = 0.0;
            for (var b = 0; b < batches; b++) {
                try (var scope = Scope.open()) {
                    var from = b * BATCH;
                    var scenes = gallery.scenes().subList(from, from + BATCH);
                    var texts =
                            Texts.told(vocabulary, scenes, draws.fork("texts").fork(b));
                    NDArray read = model.clip()
                            .projectText(model.clip()
                                    .text()
                                    .forward(texts.ids(manager))
                                    .pooled());
                    NDArray logits = Ops.linear(gallery.embeddings().get(from + ":" + (from + BATCH)), Ops.unit(read));
                    var said = logits.argMax(1).toLongArray();
                    for (var i = 0; i < BATCH; i++) {
                        sum += said[i] == i ? 1.0 : 0.0;
                    }
                }
            }
            figures.put("text found", sum / (batches * BATCH));
            return figures;
        });
    }

    /** The share of answers without a mistake, by sort of question and kind of preamble. */
    Map<String, Double> answers(TinyLlava model) {
        return Autograd.noGrad(() -> {
            var figures = new LinkedHashMap<String, Double>();
            PREAMBLES.forEach((name, blocks) -> {
                for (var ask : QuestionType.values()) {
                    figures.put(ask.name().toLowerCase(Locale.ROOT) + " " + name, right(model, ask, blocks));
                }
            });
            return figures;
        });
    }

    private double right(TinyLlava model, QuestionType ask, List<Integer> blocks) {
        var preamble = new Preamble(vocabulary);
        var place = draws.fork(ask.name()).fork(blocks.size());
        var sum = 0.0;
        for (var from = 0; from < batches * BATCH; from += BATCH) {
            var exercises = new ArrayList<Exercise>();
            for (var i = from; i < from + BATCH; i++) {
                var row = preamble.row(blocks, place.fork("preamble").fork(i));
                exercises.add(Exercise.of(
                        vocabulary,
                        gallery.scenes(),
                        row,
                        any -> ask,
                        place.fork("exercise").fork(i)));
            }
            try (var scope = Scope.open()) {
                var numbers = exercises.stream().mapToLong(Exercise::scene).toArray();
                NDArray images = model.projector().forward(gallery.patches(numbers));
                sum += Reading.of(model, manager, exercises, images, Optional.empty())
                        .right();
            }
        }
        return sum / batches;
    }
}
