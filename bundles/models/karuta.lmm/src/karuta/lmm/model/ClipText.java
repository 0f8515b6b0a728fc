package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import karuta.lmm.config.ClipTextConfig;
import karuta.safetensors.Weights;
import karuta.tensor.Script;

/** CLIP's text tower (Radford et al., ICML 2021), a causal transformer that is read at the end token. */
public final class ClipText {

    /** In old configurations the end token is 2, which stands for: the largest id, where it occurs first. */
    private static final int LEGACY_END = 2;

    private static final String TEXT = """
        def embed(self, ids: Tensor, token: Tensor, position: Tensor) -> Tensor:
          return torch.embedding(token, ids) + torch.slice(position, 0, 0, torch.size(ids, 1))
        def last(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
          return torch.layer_norm(x, torch.size(w), w, b, @EPS@)
        def pool(self, x: Tensor, ids: Tensor) -> Tensor:
          at = torch.argmax(torch.to(@END@, 3), -1)
          rows = torch.arange(torch.size(x, 0), dtype=4, layout=None, device=ops.prim.device(x))
          return torch.index(x, [rows, at])
        """;

    private final Script script;
    private final NDArray token;
    private final NDArray position;
    private final List<ClipLayer> layers;
    private final NDArray[] norm;

    /**
     * @param config sizes
     * @param weights as {@code text_model.encoder.layers.0.mlp.fc1.weight}
     */
    public ClipText(ClipTextConfig config, Weights weights) {
        var tower = config.tower();
        script = Script.of(TEXT.replace("@EPS@", Double.toString(tower.eps()))
                .replace("@END@", config.end() == LEGACY_END ? "ids" : "torch.eq(ids, " + config.end() + ")"));
        long d = tower.hidden();
        token = weights.get("text_model.embeddings.token_embedding.weight", config.vocabulary(), d);
        position = weights.get("text_model.embeddings.position_embedding.weight", config.positions(), d);
        layers = IntStream.range(0, tower.layers())
                .mapToObj(i -> new ClipLayer(tower, true, weights, "text_model.encoder.layers." + i + "."))
                .toList();
        norm = new NDArray[] {
            weights.get("text_model.final_layer_norm.weight", d), weights.get("text_model.final_layer_norm.bias", d)
        };
    }

    /**
     * What the tower makes of texts.
     *
     * @param hidden the state before the first layer and after each, {@code [batch, tokens, hidden]}
     * @param last the last of them behind a norm
     * @param pooled {@code last} at the end token, {@code [batch, hidden]}
     */
    public record Read(List<NDArray> hidden, NDArray last, NDArray pooled) {}

    /**
     * What follows a text's end token changes nothing in {@code pooled}, so any padding will do.
     *
     * @param ids {@code [batch, tokens]}, int64, with start and end token; at most as many tokens as there are
     *     positions
     */
    public Read forward(NDArray ids) {
        return read(ids, ClipLayer::forward);
    }

    /**
     * The same for texts with padding anywhere.
     *
     * @param mask which tokens a token attends to, {@code [batch, 1, tokens, tokens]}, boolean
     */
    public Read forward(NDArray ids, NDArray mask) {
        return read(ids, (layer, x) -> layer.forward(x, mask));
    }

    private Read read(NDArray ids, BiFunction<ClipLayer, NDArray, NDArray> pass) {
        var hidden = new ArrayList<NDArray>();
        NDArray x = script.call("embed", ids, token, position);
        hidden.add(x);
        for (var layer : layers) {
            x = pass.apply(layer, x);
            hidden.add(x);
        }
        NDArray last = script.call("last", Arguments.of(x, norm));
        return new Read(List.copyOf(hidden), last, script.call("pool", last, ids));
    }
}
