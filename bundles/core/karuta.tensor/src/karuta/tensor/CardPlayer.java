package karuta.tensor;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Cards;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Fusion;
import karuta.api.Gradient;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.LossTerms;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.PromptedInput;
import karuta.api.RandomStream;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.api.Trainable;
import karuta.api.TrainingStep;

/**
 * Plays pool x selector x fusion. For every sample the selector chooses among the pool's cards, the fusion makes
 * inserts of the chosen ones, and the frozen backbone runs with them.
 */
public class CardPlayer extends StrategyBase implements Learner {

    private Cards all = Cards.of(List.of());
    private Cards frozen = Cards.of(List.of());
    private List<Trainable> parts = List.of();

    /** A pool without cards needs neither selector nor fusion. */
    @Override
    public void beginStage(Stage stage, StageData data) {
        pool().beginStage(stage, data);
        parts = players();
        parts.stream().skip(1).forEach(part -> part.beginStage(stage, data));
    }

    @Override
    public List<Parameter> trainable() {
        return parts.stream().flatMap(part -> part.trainable().stream()).toList();
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs, TrainingStep step) {
        all = all.now(pool().cards());
        var cards = all;
        return prompt(
                inputs,
                cards,
                step.random().fork("selector"),
                choices -> part(Fusion.class).fuse(choices, cards, step));
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        frozen = frozen.now(
                pool().cards().stream().filter(card -> !card.trainable()).toList());
        var cards = frozen;
        return prompt(
                inputs,
                cards,
                context().random("prompt.selector"),
                choices -> part(Fusion.class).fuse(choices, cards));
    }

    private List<PromptedInput> prompt(
            List<Input> inputs,
            Cards cards,
            RandomStream random,
            Function<List<Fusion.Choice>, List<List<Insert>>> fuse) {
        if (cards.size() == 0) {
            return inputs.stream()
                    .map(input -> new PromptedInput(input, List.of()))
                    .toList();
        }
        var calls = inputs.stream()
                .map(input -> new Call(input.guidance(), cards, random.fork(input.key()), input.trueTask()))
                .toList();
        var selections = counted(part(Selector.class).select(new Calls(cards, calls)), inputs, "selector");
        var choices = IntStream.range(0, inputs.size())
                .mapToObj(i -> new Fusion.Choice(inputs.get(i), selections.get(i)))
                .toList();
        var inserts = counted(fuse.apply(choices), inputs, "fusion");
        return IntStream.range(0, inputs.size())
                .mapToObj(i -> new PromptedInput(inputs.get(i), inserts.get(i), selections.get(i)))
                .toList();
    }

    private static <T> List<T> counted(List<T> results, List<Input> inputs, String part) {
        if (results.size() != inputs.size()) {
            throw new KarutaException(
                    "The " + part + " gave " + results.size() + " results for " + inputs.size() + " samples.",
                    "Mend the " + part + ".");
        }
        return results;
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var losses = Learner.super.losses(forward, step);
        for (var part : parts) {
            losses = LossTerms.plus(losses, part.losses(forward, step));
        }
        return losses;
    }

    @Override
    public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
        var changed = gradients;
        for (var part : parts) {
            changed = part.gradients(changed, step);
        }
        return changed;
    }

    @Override
    public void afterStep(Forward forward, TrainingStep step) {
        parts.forEach(part -> part.afterStep(forward, step));
    }

    /** The parts say for themselves what a step changes. */
    @Override
    public Optional<State> saveWithin() {
        return Optional.of(State.EMPTY);
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        parts.forEach(part -> part.endStage(stage, data));
    }

    /** Of all who play, also where they have just taken up a saved state and no stage has begun. */
    @Override
    public Footprint footprint() {
        return players().stream().map(Trainable::footprint).reduce(Footprint.NONE, Footprint::plus);
    }

    @Override
    public void close() {
        all.close();
        frozen.close();
    }

    private List<Trainable> players() {
        return pool().cards().isEmpty() ? List.of(pool()) : List.of(pool(), part(Selector.class), part(Fusion.class));
    }

    private PromptPool pool() {
        return part(PromptPool.class);
    }
}
