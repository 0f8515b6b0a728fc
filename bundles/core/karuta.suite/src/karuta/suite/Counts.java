package karuta.suite;

import java.util.Optional;

/**
 * How many samples the files of a task are known to have.
 *
 * @param name {@code published}, or what a known variant is called, such as {@code slim}
 * @param train training samples (conversations), if known
 * @param test test samples, if known
 * @param source where these numbers are from, and how sure they are
 */
public record Counts(String name, Optional<Integer> train, Optional<Integer> test, String source) {

    /** Of a split. */
    public Optional<Integer> of(Split split) {
        return split == Split.TRAIN ? train : test;
    }
}
