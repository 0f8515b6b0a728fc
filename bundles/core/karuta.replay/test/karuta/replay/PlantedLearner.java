package karuta.replay;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
import karuta.api.StrategyContext;
import karuta.api.TrainingStep;
import karuta.kit.ToyTasks;
import karuta.prompt.PromptLearner;
import karuta.tensor.Ops;

/** ModalPrompt's learner, but for a fault. */
final class PlantedLearner implements Learner {

    private final PromptLearner inner = new PromptLearner();
    private final Fault fault;
    private int stage;

    PlantedLearner(Fault fault) {
        this.fault = fault;
    }

    @Override
    public void start(StrategyContext context) {
        inner.start(context);
    }

    @Override
    public void beginStage(Stage now, StageData data) {
        stage = now.number();
        inner.beginStage(now, data);
    }

    @Override
    public List<Phase> phases(Stage now) {
        if (stage != 2 || fault != Fault.BATCH && fault != Fault.RATE) {
            return inner.phases(now);
        }
        var others = new ArrayList<>(ToyTasks.samples(1, World.TRAINING));
        Collections.reverse(others);
        return List.of(new Phase(
                "",
                new Phase.Length.Share(1),
                fault == Fault.RATE ? 0.5 : 1,
                fault == Fault.RATE ? List.of() : others));
    }

    @Override
    public List<Parameter> trainable() {
        var trained = inner.trainable();
        if (fault == Fault.INITIAL_WEIGHTS && stage == 2) {
            trained.forEach(parameter -> parameter.value().addi(parameter.value()));
        }
        return trained;
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs, TrainingStep step) {
        return inner.prompt(inputs, step);
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        return inner.prompt(inputs);
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var losses = inner.losses(forward, step);
        if (fault != Fault.LOSS || stage != 2 || step.step() != 1) {
            return losses;
        }
        var larger = new HashMap<>(losses);
        larger.replaceAll((name, loss) -> Ops.scale(loss, 1.000001f));
        return larger;
    }

    @Override
    public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
        var changed = inner.gradients(gradients, step);
        return fault == Fault.GRADIENT && stage == 1 && step.step() == 2
                ? changed.stream()
                        .map(each -> new Gradient(each.parameter(), Ops.scale(each.value(), 1.001f)))
                        .toList()
                : changed;
    }

    @Override
    public void afterStep(Forward forward, TrainingStep step) {
        inner.afterStep(forward, step);
    }

    @Override
    public void endStage(Stage now, StageData data) {
        inner.endStage(now, data);
    }

    @Override
    public Footprint footprint() {
        return inner.footprint();
    }

    @Override
    public State save() {
        return fault == Fault.STATE && stage == 2 ? new State(Map.of(), Map.of("note", "one more")) : inner.save();
    }

    @Override
    public void load(State state) {
        inner.load(state);
    }
}
