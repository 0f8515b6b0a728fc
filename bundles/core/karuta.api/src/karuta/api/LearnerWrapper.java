package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/**
 * A learner over another one, which the study gives it under {@code over}. Passes everything on; a method overrides what it
 * changes, and calls {@code super} for the rest.
 */
public abstract class LearnerWrapper extends StrategyBase implements Learner {

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
    }

    @Override
    public List<Phase> phases(Stage stage) {
        return learner().phases(stage);
    }

    @Override
    public void beginPhase(Phase phase) {
        learner().beginPhase(phase);
    }

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
        return learner().losses(forward, step);
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
