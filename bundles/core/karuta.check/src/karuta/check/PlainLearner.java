package karuta.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import karuta.api.Footprint;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.tensor.Tensors;

/** One soft token that every stage goes on to train, for wrappers to go over. */
final class PlainLearner extends StrategyBase implements Learner {

    private final List<NDArray> token = new ArrayList<>();

    @Override
    public void beginStage(Stage stage, StageData data) {
        if (token.isEmpty()) {
            var hidden = context().backbone().spec().hidden();
            var numbers = context().random("plain learner").normals(hidden);
            token.add(context().keep(Tensors.of(context().manager(), numbers, new Shape(1, hidden))));
        }
    }

    @Override
    public List<Parameter> trainable() {
        return token.stream().map(value -> new Parameter("token", value)).toList();
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        var inserts = token.stream().<Insert>map(Insert.Tokens::new).toList();
        return inputs.stream().map(input -> new PromptedInput(input, inserts)).toList();
    }

    @Override
    public Footprint footprint() {
        var size = token.stream().mapToLong(NDArray::size).sum();
        return new Footprint(size, size, 0, 0);
    }

    @Override
    public State save() {
        return token.isEmpty() ? State.EMPTY : new State(Map.of("token", token.get(0)), Map.of());
    }

    @Override
    public void load(State state) {
        state.tensors().values().forEach(kept -> token.add(context().keep(kept)));
    }
}
