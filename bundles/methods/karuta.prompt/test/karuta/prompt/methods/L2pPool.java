package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Guidance;
import karuta.api.Insert.Tokens;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;

/**
 * Wang et al.: Learning to Prompt for Continual Learning, CVPR 2022. Prompts and keys that all tasks train and share.
 */
final class L2pPool extends Example implements PromptPool {

    private static final int SIZE = 6;
    private static final int LENGTH = 2;

    private List<NDArray> trained = List.of();
    private List<Card> frozen = List.of();

    @Override
    public void beginStage(Stage stage, StageData data) {
        if (trained.isEmpty()) {
            var draws = context().random("l2p");
            trained = List.of(
                    normals(draws.fork("prompts"), 1, SIZE, LENGTH, hidden()),
                    normals(draws.fork("keys"), 1, SIZE, features()));
        }
        frozen = List.of();
    }

    /** While they are trained, every call gives views of what is trained, with gradients into it. */
    @Override
    public List<Card> cards() {
        return frozen.isEmpty() && !trained.isEmpty() ? cards(true) : frozen;
    }

    private List<Card> cards(boolean trainable) {
        return IntStream.range(0, SIZE)
                .mapToObj(i -> {
                    NDArray key = trained.get(1).get(i + ":" + (i + 1));
                    NDArray prompt = trained.get(0).get(i);
                    var keys =
                            Map.of(Guidance.IMAGE, trainable ? key : context().keep(key));
                    var tokens = new Tokens(trainable ? prompt : context().keep(prompt));
                    return new Card("prompt " + i, Optional.empty(), trainable, keys, List.of(tokens));
                })
                .toList();
    }

    @Override
    public List<Parameter> trainable() {
        return frozen.isEmpty() && !trained.isEmpty()
                ? List.of(new Parameter("prompts", trained.get(0)), new Parameter("keys", trained.get(1)))
                : List.of();
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        frozen = cards(false);
    }

    /** Prompts and keys that are frozen. */
    @Override
    public State save() {
        return trained.isEmpty()
                ? State.EMPTY
                : new State(Map.of("prompts", trained.get(0), "keys", trained.get(1)), Map.of());
    }

    @Override
    public void load(State state) {
        if (!state.tensors().isEmpty()) {
            trained = Stream.of("prompts", "keys")
                    .map(name -> context().keep(state.tensors().get(name)))
                    .toList();
            frozen = cards(false);
        }
    }

    @Override
    public Footprint footprint() {
        var size = trained.stream().mapToLong(NDArray::size).sum();
        return new Footprint(size, size, 0, 0);
    }
}
