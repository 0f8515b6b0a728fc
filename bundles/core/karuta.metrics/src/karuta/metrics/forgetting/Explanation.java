package karuta.metrics.forgetting;

import java.util.List;
import java.util.Optional;
import karuta.metrics.forgetting.ForgettingParts.Scores;

/**
 * Why a run has forgotten what it has.
 *
 * @param arm its name
 * @param seed of the run
 * @param order of its tasks
 * @param routing whether its cards belong to tasks, so that a choice can be wrong
 * @param prompts what is known of earlier prompts
 * @param checked how many answers were generated again, and are those of the record
 * @param tasks that were learned before the last stage, in the order of the run
 */
public record Explanation(
        String arm, long seed, String order, boolean routing, Prompts prompts, int checked, List<OldTask> tasks) {

    /** Copies the list. */
    public Explanation {
        tasks = List.copyOf(tasks);
    }

    /** Whether it is known how far prompts have drifted. */
    public boolean drift() {
        return prompts == Prompts.CONSTANT || prompts == Prompts.KEPT;
    }

    /** What is known of the prompts after earlier stages. */
    public enum Prompts {
        /** The arm has no cards. */
        NONE,
        /** Every card belongs to a task, and does not change after that: its pool's contract. */
        CONSTANT,
        /** They change, and were kept. */
        KEPT,
        /** They change, and were not kept. */
        LOST
    }

    /**
     * A task that others were learned after.
     *
     * @param task its name
     * @param scores as they are and as they would be
     * @param before what the score lacked once it was learned; empty where the rule's figure is no mean
     * @param after what it lacks after the last stage
     */
    public record OldTask(String task, Scores scores, Optional<AnswerLosses> before, Optional<AnswerLosses> after) {

        /** What its forgetting is made of. */
        public ForgettingParts parts() {
            return ForgettingParts.of(scores);
        }

        /** How much of the forgetting is of the answers' form. */
        public Optional<Double> form() {
            return before.flatMap(then -> after.map(now -> now.form() - then.form()));
        }

        /** How much of the forgetting is not of the answers' form. */
        public Optional<Double> content() {
            return before.flatMap(then -> after.map(now -> now.content() - then.content()));
        }
    }
}
