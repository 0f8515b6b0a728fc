package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/**
 * Learns one stage after the other around a frozen backbone, and answers without being told the task. A learner says what
 * goes into the backbone; scoring, generating, the optimiser and the record are the same for all (see {@link Forward}).
 *
 * <p>A wrapper goes over another learner and changes what it likes: see {@link LearnerWrapper}.
 */
public interface Learner extends Trainable {

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

    /**
     * The parts of a stage, each with an optimiser of its own. Asked once, after {@link #beginStage}.
     *
     * @return {@link Phase#WHOLE} alone, unless the method has several
     */
    default List<Phase> phases(Stage stage) {
        return List.of(Phase.WHOLE);
    }

    /** Begins a phase; {@link #trainable} is asked right after it. */
    default void beginPhase(Phase phase) {}

    /**
     * What goes into the backbone. What comes out for one input may depend neither on the other inputs nor on their number.
     *
     * @param inputs at inference
     * @return one per input
     */
    List<PromptedInput> prompt(List<Input> inputs);

    /**
     * What goes into the backbone in training, with gradients into what is trained.
     *
     * @param inputs of a batch
     * @param step when
     * @return one per input; the same as at inference, unless the method treats training otherwise
     */
    default List<PromptedInput> prompt(List<Input> inputs, TrainingStep step) {
        return prompt(inputs);
    }

    /** {@code lm}, the language model's loss, alone. */
    @Override
    default Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        return Map.of("lm", forward.output().loss());
    }

    /**
     * Ends a stage: freezes what it trained, keeps what later stages need. A wrapper may write into the values of the
     * parameters of the learner below before it passes this call on, and what it writes is what that learner keeps
     * (averaging, MagMax); after the call it may not.
     */
    @Override
    default void endStage(Stage stage, StageData data) {}
}
