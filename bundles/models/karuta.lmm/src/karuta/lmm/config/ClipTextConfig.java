package karuta.lmm.config;

/**
 * Sizes of CLIP's text tower.
 *
 * @param tower its transformer
 * @param vocabulary number of tokens
 * @param positions the longest text, in tokens
 * @param end id of the end token; 2 in old configurations, where it stands for the largest id
 */
public record ClipTextConfig(ClipTransformerConfig tower, int vocabulary, int positions, int end) {

    private static final ClipTransformerConfig BASE = new ClipTransformerConfig(512, 2048, 12, 8, "quick_gelu", 1e-5);

    static ClipTextConfig read(Json json) {
        return new ClipTextConfig(
                ClipTransformerConfig.read(json, BASE),
                json.whole("vocab_size", 49408, 1, Limits.VOCABULARY),
                json.whole("max_position_embeddings", 77, 1, Limits.POSITIONS),
                json.whole("eos_token_id", 49407, 0, Limits.VOCABULARY));
    }
}
