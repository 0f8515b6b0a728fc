package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.stream.LongStream;
import karuta.api.Pretraining.Progress;
import karuta.api.RandomStream;
import karuta.tensor.CosineSchedule;
import karuta.tensor.Ops;

/**
 * Stage 2: the text tower once more, against the frozen image tower. Beside the contrastive loss, the words of
 * captions and of bare questions must be readable from their embedding: by contrast alone, the tower ignores the words
 * that make a question, and all questions fall on one point.
 */
final class TextStage {

    private static final int BATCH = 64;
    private static final int WARMUP = 50;
    private static final double RATE = 1.5e-3;
    private static final double DECAY = 0.01;
    private static final double WORDS = 0.5;
    /** Embeddings have length 1; words could not be told apart by logits that small. */
    private static final double SCALE = 8;

    private final TinyClip model;
    private final SceneSet gallery;
    private final NDManager manager;
    private final RandomStream draws;
    private final Head words;
    private final LinkedHashMap<String, NDArray> weights = new LinkedHashMap<>();

    TextStage(TinyClip model, SceneSet gallery, NDManager manager, RandomStream draws) {
        this.model = model;
        this.gallery = gallery;
        this.manager = manager;
        this.draws = draws;
        var fresh = new InitialWeights(manager, InitialValues::clip, draws.fork("heads"));
        words = Head.of(
                fresh, "words", model.vocabulary().size(), model.config().projection());
        weights.putAll(fresh.made());
        model.weights().made().forEach((name, weight) -> {
            if (name.startsWith("text_") || name.equals("logit_scale")) {
                weights.put(name, weight);
            }
        });
    }

    /** Trains. The head that reads the words is thrown away. */
    void run(int steps, Progress progress) {
        var figures = new Figures("tower of text", steps, progress);
        try (var training = new Training(weights, RATE, DECAY, new CosineSchedule(steps, Math.min(WARMUP, steps)))) {
            for (var step = 0; step < steps; step++) {
                var now = draws.fork(step);
                training.step(() -> loss(now, figures));
                figures.done(step);
            }
        }
    }

    private NDArray loss(RandomStream now, Figures figures) {
        var told = numbers(now.fork("told"));
        var asked = numbers(now.fork("asked"));
        var texts = Texts.told(model.vocabulary(), gallery.scenes(told), now.fork("texts"));
        var questions = Texts.asked(model.vocabulary(), gallery.scenes(asked), now.fork("questions"));
        NDArray embeddings = embed(texts);
        NDArray contrast = Contrast.loss(model.clip().logitsPerImage(gallery.embeddings(told), embeddings), figures);
        NDArray read = words(texts, embeddings).add(words(questions, embed(questions)));
        figures.note("words", read.getFloat());
        return contrast.add(Ops.scale(read, WORDS));
    }

    private NDArray embed(Texts texts) {
        return model.clip()
                .projectText(model.clip().text().forward(texts.ids(manager)).pooled());
    }

    private NDArray words(Texts texts, NDArray embeddings) {
        NDArray said = words.logits(Ops.scale(Ops.unit(embeddings), SCALE)).logSoftmax(-1);
        NDArray told = said.mul(texts.bags(manager, model.vocabulary().size())).sum();
        return Ops.scale(told, -1.0 / texts.words().size());
    }

    private long[] numbers(RandomStream place) {
        return LongStream.range(0, BATCH)
                .map(i -> place.below(gallery.scenes().size(), i))
                .toArray();
    }
}
