package karuta.lmm.config;

/**
 * Sizes of one of CLIP's transformers.
 *
 * @param hidden size of a token's state
 * @param intermediate size of the perceptrons' inner layer
 * @param layers their number
 * @param heads of attention; they share {@code hidden} equally
 * @param activation {@code quick_gelu} or {@code gelu}
 * @param eps of the layer norms
 */
public record ClipTransformerConfig(
        int hidden, int intermediate, int layers, int heads, String activation, double eps) {

    static ClipTransformerConfig read(Json json, ClipTransformerConfig absent) {
        var hidden = json.whole("hidden_size", absent.hidden, 1, Limits.HIDDEN);
        var heads = json.whole("num_attention_heads", absent.heads, 1, Limits.HEADS);
        Limits.requireDivisible(json, hidden, heads);
        return new ClipTransformerConfig(
                hidden,
                json.whole("intermediate_size", absent.intermediate, 1, Limits.INTERMEDIATE),
                json.whole("num_hidden_layers", absent.layers, 1, Limits.LAYERS),
                heads,
                json.oneOf("hidden_act", "quick_gelu", "gelu"),
                json.number("layer_norm_eps", absent.eps, 0, 1));
    }
}
