package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.lmm.config.LlavaConfig;
import karuta.safetensors.Weights;
import karuta.tensor.Ops;

/**
 * LLaVA's bridge from the image tower into the decoder's embeddings (Liu et al.: Improved Baselines with Visual
 * Instruction Tuning, CVPR 2024): linear layers with exact GELU between them.
 */
public final class Projector {

    private final List<Linear> layers;

    /**
     * @param config sizes
     * @param weights as {@code multi_modal_projector.linear_1.weight}
     */
    public Projector(LlavaConfig config, Weights weights) {
        long out = config.text().hidden();
        layers = IntStream.range(0, config.projector().layers())
                .mapToObj(i -> {
                    var name = "multi_modal_projector.linear_" + (i + 1);
                    var weight = weights.get(name + ".weight", out, i == 0 ? config.featureSize() : out);
                    return new Linear(
                            weight,
                            config.projector().bias()
                                    ? Optional.of(weights.get(name + ".bias", out))
                                    : Optional.empty());
                })
                .toList();
    }

    /**
     * @param features {@code [..., feature size]}
     * @return {@code [..., hidden]}
     */
    public NDArray forward(NDArray features) {
        NDArray x = layers.get(0).forward(features);
        for (var layer : layers.subList(1, layers.size())) {
            x = layer.forward(Ops.gelu(x));
        }
        return x;
    }
}
