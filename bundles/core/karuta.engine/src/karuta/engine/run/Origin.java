package karuta.engine.run;

/** Where the samples of a task come from, for messages that name one of them; see {@code Benchmark.source}. */
@FunctionalInterface
public interface Origin {

    /**
     * Says it.
     *
     * @param task its name
     * @param training whether its training samples are meant rather than its test samples
     */
    String of(String task, boolean training);
}
