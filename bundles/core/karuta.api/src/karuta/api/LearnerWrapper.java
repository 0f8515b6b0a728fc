package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A learner over another one, which the study gives it under {@code over}. Passes everything on; a method overrides what it
 * changes, and calls {@code super} for the rest.
 */
public abstract class LearnerWrapper extends StrategyBase implements Learner {

    /** The stage whose first phase is still to begin. */
    private Optional<Stage> beginning = Optional.empty();

    /** The learner below. */
    protected final Learner learner() {
        return part(Learner.class);
    }

    @Override
    public List<List<String>> schedule(List<String> tasks) {
        return learner().schedule(tasks);
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        learner().beginStage(stage, data);
        beginning = Optional.of(stage);
    }

    @Override
    public List<Phase> phases(Stage stage) {
        return learner().phases(stage);
    }

    @Override
    public void beginPhase(Phase phase) {
        learner().beginPhase(phase);
        beginning.ifPresent(this::begun);
        beginning = Optional.empty();
    }

    /**
     * Called once in a stage, as soon as the learner below has everything that it trains in its first phase; nothing has moved
     * yet. For what is compared with the parameters of earlier stages.
     */
    protected void begun(Stage stage) {}

    @Override
    public List<Parameter> trainable() {
        return learner().trainable();
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        return learner().prompt(inputs);
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs, TrainingStep step) {
        return learner().prompt(inputs, step);
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        return LossTerms.plus(learner().losses(forward, step), terms(forward, step));
    }

    /** What this wrapper adds to the learner's loss terms, by names other than theirs, each already weighted. */
    protected Map<String, NDArray> terms(Forward forward, TrainingStep step) {
        return Map.of();
    }

    @Override
    public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
        return learner().gradients(gradients, step);
    }

    @Override
    public void afterStep(Forward forward, TrainingStep step) {
        learner().afterStep(forward, step);
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        learner().endStage(stage, data);
    }

    @Override
    public Footprint footprint() {
        return learner().footprint();
    }
}
