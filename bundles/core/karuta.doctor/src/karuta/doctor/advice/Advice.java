package karuta.doctor.advice;

import java.util.List;
import karuta.metrics.statistics.Interval;

/**
 * How far tasks are told apart.
 *
 * @param encoder fingerprint of what made the features
 * @param tasks in their order
 * @param notes what could not be told: a sentence each
 */
public record Advice(String encoder, List<TaskAdvice> tasks, List<String> notes) {

    /** Copies the lists. */
    public Advice {
        tasks = List.copyOf(tasks);
        notes = List.copyOf(notes);
    }

    /**
     * What is told of a task.
     *
     * @param task its name
     * @param train how many samples made its prototype
     * @param test how many samples were sent to the nearest prototype
     * @param fromTasks by which features it is told from the other tasks; none if there is no other
     * @param fromCards the same from the cards of a pool
     * @param sentence what follows
     */
    public record TaskAdvice(
            String task, int train, int test, List<Told> fromTasks, List<Told> fromCards, String sentence) {

        /** Copies the lists. */
        public TaskAdvice {
            fromTasks = List.copyOf(fromTasks);
            fromCards = List.copyOf(fromCards);
        }
    }

    /**
     * What some features tell.
     *
     * @param by which: image, text, both
     * @param own the share of the task's test samples that are nearest to its own prototype, from 0 to 1
     * @param interval where that share lies, at 95 % (Wilson)
     * @param rival which other one takes the most
     * @param taken its share
     */
    public record Told(String by, double own, Interval interval, String rival, double taken) {}
}
