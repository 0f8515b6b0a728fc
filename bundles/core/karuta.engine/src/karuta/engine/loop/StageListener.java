package karuta.engine.loop;

import java.util.Map;
import java.util.Optional;
import karuta.api.State;

/** Keeps what a run achieves, stage by stage. */
public interface StageListener {

    /**
     * A stage is complete. When this returns, everything about it is kept.
     *
     * @param result what became of it; empty for the evaluation before training
     * @param evaluation of all tasks after it
     * @param states what the learner and its parts keep, by their place in the arm; valid during this call
     */
    void complete(Optional<StageResult> result, Evaluation evaluation, Map<String, State> states);
}
