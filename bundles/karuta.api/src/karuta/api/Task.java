package karuta.api;

import java.util.List;

/**
 * A task of a benchmark.
 *
 * @param name unique in its benchmark
 * @param train to learn from
 * @param test to be scored on; shares no sample with {@code train}
 * @param scorer id of the {@link Scorer} that its answers are judged by
 */
public record Task(String name, List<Sample> train, List<Sample> test, String scorer) {}
