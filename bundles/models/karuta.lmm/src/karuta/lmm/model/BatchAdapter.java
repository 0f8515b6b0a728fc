package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.TreeMap;
import karuta.tensor.LoraLayer;

/** What the adapters of a batch add to the output of one linear layer. */
@FunctionalInterface
public interface BatchAdapter {

    /**
     * The layer's output with what is added, in the type of {@code y}.
     *
     * @param y the layer's output, {@code [batch, tokens, out]}
     * @param x the layer's input, {@code [batch, tokens, in]}
     * @param tokens of the pass
     */
    NDArray addTo(NDArray y, NDArray x, TokenRows tokens);

    /**
     * Low-rank adapters of the whole batch.
     *
     * @param layers by the names of the linear layers
     */
    static Map<String, BatchAdapter> ofAll(Map<String, LoraLayer> layers) {
        var adapters = new TreeMap<String, BatchAdapter>();
        layers.forEach((linear, layer) -> adapters.put(linear, (y, x, tokens) -> layer.addTo(y, x)));
        return adapters;
    }
}
