package karuta.api;

import java.util.List;

/**
 * A task of a benchmark.
 *
 * @param name unique in its benchmark
 * @param about what it is, in a sentence, for methods that describe tasks to a model (MR-LoRA); empty if nobody says
 * @param train to learn from
 * @param test to be scored on; shares no sample with {@code train}
 * @param scorer id of the {@link Scorer} that its answers are judged by
 * @param notes what was done to the data that its user must know, a sentence each: told as warnings, and kept in the
 *     record of every run
 */
public record Task(
        String name, String about, List<Sample> train, List<Sample> test, String scorer, List<String> notes) {

    /** Copies the notes. */
    public Task {
        notes = List.copyOf(notes);
    }

    /** A task of which there is nothing to say or to note. */
    public Task(String name, List<Sample> train, List<Sample> test, String scorer) {
        this(name, "", train, test, scorer, List.of());
    }

    /** The same task with other samples. */
    public Task with(List<Sample> otherTrain, List<Sample> otherTest) {
        return new Task(name, about, otherTrain, otherTest, scorer, notes);
    }
}
