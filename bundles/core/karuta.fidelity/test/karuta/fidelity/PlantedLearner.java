package karuta.fidelity;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Cards;
import karuta.api.Forward;
import karuta.api.Fusion;
import karuta.api.Gradient;
import karuta.api.Input;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.PromptedInput;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;

/** Plays a pool, a selector and a fusion. */
final class PlantedLearner extends StrategyBase implements Learner {

    private PromptPool pool() {
        return part(PromptPool.class);
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        pool().beginStage(stage, data);
    }

    @Override
    public List<Parameter> trainable() {
        return pool().trainable();
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        var cards = Cards.of(pool().cards());
        var calls = inputs.stream()
                .map(input -> new Call(
                        input.guidance(), cards, context().random("planted").fork(input.key()), input.trueTask()))
                .toList();
        var selections = part(Selector.class).select(new Calls(cards, calls));
        var choices = IntStream.range(0, inputs.size())
                .mapToObj(i -> new Fusion.Choice(inputs.get(i), selections.get(i)))
                .toList();
        var inserts = part(Fusion.class).fuse(choices, cards);
        return IntStream.range(0, inputs.size())
                .mapToObj(i -> new PromptedInput(inputs.get(i), inserts.get(i), selections.get(i)))
                .toList();
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var losses = new LinkedHashMap<>(Learner.super.losses(forward, step));
        losses.putAll(pool().losses(forward, step));
        return losses;
    }

    @Override
    public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
        return pool().gradients(gradients, step);
    }

    @Override
    public void afterStep(Forward forward, TrainingStep step) {
        pool().afterStep(forward, step);
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        pool().endStage(stage, data);
    }
}
