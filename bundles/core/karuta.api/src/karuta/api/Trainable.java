package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may train something in a stage: learners, and the pools, selectors and fusions that a learner plays. A strategy
 * leaves out what it does not need. In the order of a stage: {@link #beginStage}, {@link #trainable}; in every step the
 * forward pass, {@link #losses}, {@link #gradients}, the optimiser, {@link #afterStep}; at last {@link #endStage}.
 */
public interface Trainable extends Strategy {

    /**
     * Begins a stage: makes what it will train.
     *
     * @param stage which
     * @param data its training examples, for a start that depends on them (InfLoRA, KeepLoRA)
     */
    default void beginStage(Stage stage, StageData data) {}

    /** What is trained now; empty if nothing is. Names are unique within the learner. */
    default List<Parameter> trainable() {
        return List.of();
    }

    /**
     * Loss terms of a batch, by name, each a scalar and already weighted; the optimiser takes the sum of all. A learner
     * gives all of them, {@code lm} among them; a pool, a selector or a fusion gives what it adds. Wrappers may ask for the
     * terms of more than one batch in a step: what a strategy remembers of a step it takes up in {@link #afterStep}.
     *
     * @param forward the batch, what was put into the backbone for it, and what the backbone said
     * @param step when
     */
    default Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        return Map.of();
    }

    /**
     * May change the gradients of a step before they are clipped (GEM, SAME). The optimiser scales them number by number
     * afterwards: a gradient that was projected into a subspace does not move its parameter within that subspace alone. Who
     * needs that projects the move in {@link #afterStep}.
     *
     * @param gradients of the parameters that the step's loss depends on; a parameter without one does not move
     * @param step when
     * @return what the optimiser gets instead
     */
    default List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
        return gradients;
    }

    /**
     * Called when the optimiser has moved the parameters; may change their values in place (retraction, averages).
     *
     * @param forward the step's own forward pass, as it was before the move, without gradient history
     * @param step when
     */
    default void afterStep(Forward forward, TrainingStep step) {}

    /**
     * What the steps of the open stage have changed beside the values of what is trained, so that a run that ends within the
     * stage need not begin it again. When the run goes on, a fresh instance loads what was saved before the stage, begins the
     * stage and its phases once more, gets the values of what is trained, and then this. Whoever overrides {@link #afterStep}
     * says here what that changes, if only that it is nothing.
     *
     * @return {@link State#EMPTY} if nothing else changes in a step; empty if it cannot be said: then the run begins the stage
     *     again
     */
    default Optional<State> saveWithin() {
        return Optional.of(State.EMPTY);
    }

    /**
     * Takes up what {@link #saveWithin} gave.
     *
     * @param state lives only during this call
     */
    default void loadWithin(State state) {}

    /**
     * Ends a stage: freezes what it trained, keeps what later stages need.
     *
     * @param stage the one that was begun
     * @param data its training examples, for what is a statistic of them (S-Prompts, EWC)
     */
    default void endStage(Stage stage, StageData data) {}

    /** What it costs so far. */
    default Footprint footprint() {
        return Footprint.NONE;
    }
}
