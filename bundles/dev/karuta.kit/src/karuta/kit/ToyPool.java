package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Card;
import karuta.api.Insert;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.tensor.Tensors;

/** Two soft tokens, each a card without keys, that every stage goes on to train. */
public final class ToyPool extends StrategyBase implements PromptPool {

    private static final int CARDS = 2;

    private final List<NDArray> tokens = new ArrayList<>();
    private boolean training;

    @Override
    public void beginStage(Stage stage, StageData data) {
        training = true;
        var hidden = context().backbone().spec().hidden();
        while (tokens.size() < CARDS) {
            var numbers = context().random("toy pool").fork(tokens.size()).normals(hidden);
            tokens.add(context().keep(Tensors.of(context().manager(), numbers, new Shape(1, hidden))));
        }
    }

    @Override
    public List<Card> cards() {
        return IntStream.range(0, tokens.size())
                .mapToObj(i -> new Card(
                        "card" + i, Optional.empty(), training, Map.of(), List.of(new Insert.Tokens(tokens.get(i)))))
                .toList();
    }

    @Override
    public List<Parameter> trainable() {
        return IntStream.range(0, tokens.size())
                .mapToObj(i -> new Parameter("card" + i, tokens.get(i)))
                .toList();
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        training = false;
    }

    @Override
    public State save() {
        var tensors = new HashMap<String, NDArray>();
        IntStream.range(0, tokens.size()).forEach(i -> tensors.put("card" + i, tokens.get(i)));
        return new State(tensors, Map.of());
    }

    @Override
    public void load(State state) {
        tokens.clear();
        IntStream.range(0, state.tensors().size())
                .forEach(i -> tokens.add(context().keep(state.tensors().get("card" + i))));
    }
}
