package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import karuta.lmm.config.ClipVisionConfig;
import karuta.safetensors.Weights;
import karuta.tensor.Script;

/** CLIP's image tower (Radford et al., ICML 2021), a vision transformer with a class token. */
public final class ClipVision {

    private static final String TEXT = """
        def embed(self, pixels: Tensor, patch: Tensor, cls: Tensor, position: Tensor, w: Tensor, b: Tensor) -> Tensor:
          x = torch.conv2d(torch.to(pixels, ops.prim.dtype(patch), False, False), patch, None, [@PATCH@, @PATCH@])
          x = torch.transpose(torch.flatten(x, 2), 1, 2)
          c = torch.expand(cls, [torch.size(x, 0), 1, -1])
          return torch.layer_norm(torch.cat([c, x], 1) + position, torch.size(w), w, b, @EPS@)
        def pool(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
          return torch.layer_norm(torch.select(x, 1, 0), torch.size(w), w, b, @EPS@)
        """;

    private final Script script;
    private final NDArray[] embedding;
    private final List<ClipLayer> layers;
    private final NDArray[] norm;

    /**
     * @param config sizes
     * @param weights as {@code vision_model.encoder.layers.0.mlp.fc1.weight}
     */
    public ClipVision(ClipVisionConfig config, Weights weights) {
        var tower = config.tower();
        script = Script.of(TEXT.replace("@PATCH@", Integer.toString(config.patch()))
                .replace("@EPS@", Double.toString(tower.eps())));
        long d = tower.hidden();
        var p = config.patch();
        embedding = new NDArray[] {
            weights.get("vision_model.embeddings.patch_embedding.weight", d, 3, p, p),
            weights.get("vision_model.embeddings.class_embedding", d),
            weights.get("vision_model.embeddings.position_embedding.weight", 1 + config.patches(), d),
            weights.get("vision_model.pre_layrnorm.weight", d), // the name is misspelt in every checkpoint
            weights.get("vision_model.pre_layrnorm.bias", d)
        };
        layers = IntStream.range(0, tower.layers())
                .mapToObj(i -> new ClipLayer(tower, false, weights, "vision_model.encoder.layers." + i + "."))
                .toList();
        norm = new NDArray[] {
            weights.get("vision_model.post_layernorm.weight", d), weights.get("vision_model.post_layernorm.bias", d)
        };
    }

    /**
     * What the tower makes of images.
     *
     * @param hidden the state before the first layer and after each, {@code [batch, 1 + patches, hidden]}; the class
     *     token is first
     * @param pooled the last state of the class token behind a norm of its own, {@code [batch, hidden]}
     */
    public record States(List<NDArray> hidden, NDArray pooled) {}

    /** @param pixels {@code [batch, 3, height, width]}, preprocessed */
    public States forward(NDArray pixels) {
        var hidden = new ArrayList<NDArray>();
        NDArray x = script.call("embed", Arguments.of(pixels, embedding));
        hidden.add(x);
        for (var layer : layers) {
            x = layer.forward(x);
            hidden.add(x);
        }
        return new States(List.copyOf(hidden), script.call("pool", Arguments.of(x, norm)));
    }
}
