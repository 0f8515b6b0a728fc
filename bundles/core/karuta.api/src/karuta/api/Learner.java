package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** Learns one stage after the other around a frozen backbone, and answers without being told the task. */
public interface Learner extends Strategy {

    /** The factory of its components. */
    String KIND = "karuta.learner";

    /**
     * Which tasks are learned together, in which order. One after the other, unless the method is no sequential one (joint
     * training).
     *
     * @param tasks in the study's order
     */
    default List<List<String>> schedule(List<String> tasks) {
        return tasks.stream().map(List::of).toList();
    }

    /** Begins a stage: makes what it will train. */
    void beginStage(Stage stage);

    /** What the open stage trains; empty if it trains nothing. Asked once after {@link #beginStage}. */
    List<Parameter> trainable();

    /**
     * The loss terms of a batch, by name, each a scalar and already weighted; the optimiser takes their sum.
     *
     * @param batch examples of the stage
     * @param step when
     */
    Map<String, NDArray> loss(Batch batch, TrainingStep step);

    /**
     * Ends a stage: freezes what it trained, keeps what later stages need.
     *
     * @param stage the one that was opened
     * @param data its training examples
     */
    default void endStage(Stage stage, StageData data) {}

    /**
     * Answers. What comes out for one input may depend neither on the other inputs nor on their number.
     *
     * @return one answer per input
     */
    List<Answer> answer(List<Input> inputs);

    /** What it costs so far. */
    default Footprint footprint() {
        return Footprint.NONE;
    }
}
