package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import karuta.lmm.config.LlavaConfig;
import karuta.safetensors.Weights;
import karuta.tensor.Ops;

/**
 * LLaVA's bridge from the image tower into the decoder's embeddings (Liu et al.: Improved Baselines with Visual
 * Instruction Tuning, CVPR 2024): linear layers with exact GELU between them.
 */
public final class Projector {

    private final Map<String, Linear> layers = new LinkedHashMap<>();

    /**
     * @param config sizes
     * @param weights as {@code multi_modal_projector.linear_1.weight}
     */
    public Projector(LlavaConfig config, Weights weights) {
        for (var linear : config.projectorLinears()) {
            var weight = weights.get(linear.name() + ".weight", linear.out(), linear.in());
            Optional<NDArray> bias = config.projector().bias()
                    ? Optional.of(weights.get(linear.name() + ".bias", linear.out()))
                    : Optional.empty();
            layers.put(linear.name(), new Linear(weight, bias));
        }
    }

    /**
     * @param features {@code [..., feature size]}
     * @return {@code [..., hidden]}
     */
    public NDArray forward(NDArray features) {
        return forward(features, Map.of(), TokenRows.UNKNOWN);
    }

    /**
     * @param features {@code [images, visual tokens, feature size]}
     * @param adapters what is added to the linear layers' outputs, by their names
     * @param tokens of the images, for adapters that ask
     * @return {@code [images, visual tokens, hidden]}
     */
    public NDArray forward(NDArray features, Map<String, BatchAdapter> adapters, TokenRows tokens) {
        NDArray state = features;
        var first = true;
        for (var layer : layers.entrySet()) {
            NDArray x = first ? state : Ops.gelu(state);
            NDArray y = layer.getValue().forward(x);
            state = Optional.ofNullable(adapters.get(layer.getKey()))
                    .map(adapter -> adapter.addTo(y, x, tokens))
                    .orElse(y);
            first = false;
        }
        return state;
    }

    /** The weight of a linear layer, by its name in {@link karuta.api.BackboneSpec#projector}, {@code [out, in]}. */
    Optional<NDArray> weight(String linear) {
        return Optional.ofNullable(layers.get(linear)).map(Linear::weight);
    }
}
