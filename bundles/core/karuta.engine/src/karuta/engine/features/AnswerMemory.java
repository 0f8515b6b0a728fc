package karuta.engine.features;

import java.util.List;
import java.util.Optional;
import karuta.api.Backbone;
import karuta.api.Input;
import karuta.api.PromptedInput;

/**
 * What a frozen backbone has answered to whole batches, so that the same batch with the same inserts is not computed twice:
 * cards that have not changed and are chosen again, and all that is asked before anything is learned, whatever the arm. It
 * lives as long as the study's process and serves all its runs, also at the same time.
 *
 * @see BatchKey
 */
public final class AnswerMemory {

    private static final long MOST = 64L << 20;

    /** Objects and hash, roughly. */
    private static final long OVERHEAD = 500;

    /** Of an answer beside its letters, roughly. */
    private static final long OF_ANSWER = 60;

    private record Known(List<String> texts, double seconds) {

        long bytes() {
            return OVERHEAD
                    + texts.stream()
                            .mapToLong(text -> OF_ANSWER + 2L * text.length())
                            .sum();
        }
    }

    /**
     * Answers to a batch.
     *
     * @param texts one per sample
     * @param reuse how many were not generated, and what time that saved
     */
    public record Told(List<String> texts, Reuse reuse) {}

    private final LruCache<BatchKey, Known> known;

    /** One that takes 64 MB at most. */
    public AnswerMemory() {
        this(Math.min(MOST, Runtime.getRuntime().maxMemory() / 16));
    }

    /** @param limit in bytes; what was used longest ago goes first */
    AnswerMemory(long limit) {
        known = new LruCache<>(limit, Known::bytes);
    }

    /**
     * Answers as the backbone would, by it or out of memory.
     *
     * @param asked what the learner was given
     * @param batch what it made of that
     */
    Told answer(Backbone backbone, List<Input> asked, List<PromptedInput> batch) {
        var started = System.nanoTime();
        var key = BatchKey.of(asked, batch);
        var before = key.flatMap(this::get);
        var looked = secondsSince(started);
        if (before.isPresent()) {
            return new Told(
                    before.get().texts(), new Reuse(batch.size(), before.get().seconds() - looked));
        }
        var begun = System.nanoTime();
        var texts = List.copyOf(backbone.generate(batch));
        key.ifPresent(exact -> put(exact, new Known(texts, secondsSince(begun))));
        return new Told(texts, new Reuse(0, -looked));
    }

    private synchronized Optional<Known> get(BatchKey key) {
        return known.get(key);
    }

    private synchronized void put(BatchKey key, Known answers) {
        known.put(key, answers);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
