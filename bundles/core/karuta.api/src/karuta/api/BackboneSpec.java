package karuta.api;

import java.util.List;

/**
 * What strategies may ask about a backbone: its sizes and its sites.
 *
 * @param fingerprint hash of weights, configuration and preprocessing
 * @param hidden {@code d}
 * @param layers decoder layers
 * @param keyValueSize size of one token's keys (and of its values) in one layer: key-value heads x head size
 * @param linears the decoder's linear layers
 * @param projector the linear layers between vision tower and decoder
 * @param images how many images a query may have
 */
public record BackboneSpec(
        String fingerprint,
        int hidden,
        int layers,
        int keyValueSize,
        List<Linear> linears,
        List<Linear> projector,
        int images) {

    /** Copies the lists. */
    public BackboneSpec {
        linears = List.copyOf(linears);
        projector = List.copyOf(projector);
    }

    /**
     * A linear layer without adapters computes {@code y = x W^T}, perhaps with a bias.
     *
     * @param name as Hugging Face names it, such as {@code layers.0.self_attn.q_proj} (below the decoder) or {@code
     *     multi_modal_projector.linear_1}
     * @param in size of its input
     * @param out size of its output
     */
    public record Linear(String name, int in, int out) {}
}
