package karuta.check;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Gradient;
import karuta.api.Input;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Phase;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.TrainingStep;

/**
 * A learner that others look at.
 *
 * @param learner does what it does
 * @param trial in which it does
 * @param watches are told
 */
record Watched(Learner learner, Trial trial, List<Watch> watches) implements Learner {

    @Override
    public List<List<String>> schedule(List<String> tasks) {
        return learner.schedule(tasks);
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        learner.beginStage(stage, data);
        watches.forEach(watch -> watch.begun(trial, stage));
    }

    @Override
    public List<Phase> phases(Stage stage) {
        return learner.phases(stage);
    }

    @Override
    public void beginPhase(Phase phase) {
        learner.beginPhase(phase);
        var parameters = learner.trainable();
        watches.forEach(watch -> watch.declared(parameters));
    }

    @Override
    public List<Parameter> trainable() {
        return learner.trainable();
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        var prompted = learner.prompt(inputs);
        watches.forEach(watch -> watch.prompted(trial, prompted, false));
        return prompted;
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs, TrainingStep step) {
        var prompted = learner.prompt(inputs, step);
        watches.forEach(watch -> watch.prompted(trial, prompted, true));
        return prompted;
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var terms = learner.losses(forward, step);
        watches.forEach(watch -> watch.scored(trial, forward, step, terms));
        return terms;
    }

    @Override
    public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
        watches.forEach(watch -> watch.differentiated(gradients));
        return learner.gradients(gradients, step);
    }

    @Override
    public void afterStep(Forward forward, TrainingStep step) {
        learner.afterStep(forward, step);
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        learner.endStage(stage, data);
        watches.forEach(watch -> watch.ended(trial, stage));
    }

    @Override
    public Footprint footprint() {
        return learner.footprint();
    }

    @Override
    public State save() {
        return learner.save();
    }

    @Override
    public void load(State state) {
        learner.load(state);
    }
}
