package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Insert.Tokens;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;

/**
 * Wang et al.: Learning to Prompt for Continual Learning, CVPR 2022. Prompts and keys that all tasks train and share.
 */
final class L2pPool extends Started implements PromptPool {

    private static final int SIZE = 6;
    private static final int LENGTH = 2;

    private List<NDArray> trained = List.of();
    private boolean open;

    @Override
    public void beginStage(Stage stage) {
        if (trained.isEmpty()) {
            var draws = context().random("l2p");
            trained = List.of(
                    normals(draws.fork("prompts"), 1, SIZE, LENGTH, hidden()),
                    normals(draws.fork("keys"), 1, SIZE, features()));
        }
        open = true;
    }

    @Override
    public List<Card> cards() {
        if (trained.isEmpty()) {
            return List.of();
        }
        return IntStream.range(0, SIZE).mapToObj(this::card).toList();
    }

    private Card card(int i) {
        NDArray key = trained.get(1).get(i + ":" + (i + 1));
        return new Card(
                "prompt " + i,
                Optional.empty(),
                open,
                Optional.of(key),
                List.of(new Tokens(trained.get(0).get(i))));
    }

    @Override
    public List<Parameter> trainable() {
        return open
                ? List.of(new Parameter("prompts", trained.get(0)), new Parameter("keys", trained.get(1)))
                : List.of();
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        open = false;
    }

    @Override
    public Footprint footprint() {
        var size = trained.stream().mapToLong(NDArray::size).sum();
        return new Footprint(size, size, 0, 0);
    }
}
