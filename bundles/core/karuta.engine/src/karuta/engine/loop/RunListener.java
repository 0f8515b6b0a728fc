package karuta.engine.loop;

import java.util.Map;
import karuta.study.record.TraceRow;

/** Receives a run's progress; may cancel it. Called on the run's thread. */
public interface RunListener {

    /** Nobody watches. */
    RunListener NOBODY = new RunListener() {};

    /**
     * Called before every step and before every batch of questions.
     *
     * @throws RunCancelled to end the run here
     */
    default void proceed() {}

    /**
     * A training step is done.
     *
     * @param stage from 1
     * @param step from 0
     * @param steps of this stage
     * @param losses by term
     */
    default void trained(int stage, int step, int steps, Map<String, Double> losses) {}

    /**
     * Held-out samples were looked at.
     *
     * @param stage from 1
     * @param done steps of this stage
     * @param loss the sum of all terms
     */
    default void looked(int stage, int done, double loss) {}

    /** Something has happened that is to be compared, bit for bit, with another run; not called in a rehearsal. */
    default void traced(TraceRow row) {}

    /**
     * Some test samples are answered.
     *
     * @param stage after which; 0 before training
     * @param task their task
     * @param samples how many
     */
    default void answered(int stage, String task, int samples) {}
}
