package karuta.study.record;

import java.util.Map;

/**
 * What happened at one place of a run, in numbers that are equal, bit for bit, in equal runs; a line of {@code trace.jsonl}.
 * The rows stand in the order in which things happened: of each stage the beginning of each phase with its steps, then the
 * stage's end.
 */
public sealed interface TraceRow {

    /** From 1; 0 is before training. */
    int stage();

    /**
     * What holds where the study says nothing. Runs of before the record had all settings begin with it.
     *
     * @param values the defaults of options that it leaves out, by their place, such as {@code arm.selector.k}
     */
    record Defaults(Map<String, String> values) implements TraceRow {

        /** Copies the values. */
        public Defaults {
            values = Map.copyOf(values);
        }

        @Override
        public int stage() {
            return 0;
        }
    }

    /**
     * A phase of a stage begins.
     *
     * @param stage which
     * @param phase its name; empty in a stage that has one alone
     * @param weights SHA-256 of what will be trained, by name
     * @param numbers how many numbers that is
     */
    record Begin(int stage, String phase, String weights, long numbers) implements TraceRow {}

    /**
     * A step of the optimiser.
     *
     * @param stage which
     * @param phase of it
     * @param step of the phase, from 0
     * @param batch hash of the ids of the samples in their order, 16 hexadecimal digits
     * @param losses each term, as PyTorch gave it
     * @param gradient Euclidean norm over all that is trained, before it was clipped
     * @param rate the learning rate of the step
     */
    record Step(
            int stage, String phase, int step, String batch, Map<String, Float> losses, double gradient, double rate)
            implements TraceRow {

        /** Copies the losses. */
        public Step {
            losses = Map.copyOf(losses);
        }
    }

    /**
     * A stage ends.
     *
     * @param stage which; 0 before training
     * @param state SHA-256 of what the learner and its parts keep
     */
    record End(int stage, String state) implements TraceRow {}

    /** Whether this place is that of another row, or comes after it in the same run. */
    default boolean reaches(TraceRow other) {
        if (stage() != other.stage() || this instanceof End || other instanceof Defaults) {
            return stage() >= other.stage();
        }
        return !(this instanceof Defaults)
                && !(other instanceof End)
                && phase(this).equals(phase(other))
                && step(this) >= step(other);
    }

    private static String phase(TraceRow row) {
        return row instanceof Begin begin ? begin.phase() : ((Step) row).phase();
    }

    private static int step(TraceRow row) {
        return row instanceof Step step ? step.step() : -1;
    }
}
