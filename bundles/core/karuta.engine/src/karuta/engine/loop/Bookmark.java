package karuta.engine.loop;

import java.util.Optional;
import karuta.api.Learner;
import karuta.api.Stage;
import karuta.api.State;

/**
 * Keeps where a run stands between two complete stages, so that one that is killed there need not begin the stage again.
 * Called on the run's thread.
 */
public interface Bookmark {

    /** Keeps nothing. */
    Bookmark NONE = new Bookmark() {};

    /**
     * What became of the training of a stage, if the run ended in the evaluation after it.
     *
     * @param learner as it was then
     */
    default Optional<StageResult> learned(Stage stage, Learner learner) {
        return Optional.empty();
    }

    /**
     * Where the run ended in the training of a stage, if it did.
     *
     * @return its arrays live until the scope around the call is closed
     */
    default Optional<State> within(Stage stage) {
        return Optional.empty();
    }

    /** Gives the strategies what their steps had changed then, beside the values of what is trained. */
    default void restoreStrategies() {}

    /**
     * Whether it is time to keep a position again.
     *
     * @param steps of the stage that are done
     */
    default boolean isDue(int steps) {
        return false;
    }

    /** Keeps where the run stands in the training of a stage. */
    default void keep(State position) {}

    /** Keeps that the training of a stage is done. */
    default void keep(StageResult result) {}

    /** The answers after a stage; 0 before training. */
    default AnswerLog answers(int stage) {
        return AnswerLog.NONE;
    }
}
