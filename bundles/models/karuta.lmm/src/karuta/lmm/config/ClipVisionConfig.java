package karuta.lmm.config;

/**
 * Sizes of CLIP's image tower.
 *
 * @param tower its transformer
 * @param image side of its square images, in pixels
 * @param patch side of a patch, in pixels
 */
public record ClipVisionConfig(ClipTransformerConfig tower, int image, int patch) {

    private static final ClipTransformerConfig BASE = new ClipTransformerConfig(768, 3072, 12, 12, "quick_gelu", 1e-5);

    /** ViT-L/14 at 336 pixels, the tower of LLaVA-1.5. */
    static final ClipVisionConfig LARGE =
            new ClipVisionConfig(new ClipTransformerConfig(1024, 4096, 24, 16, "quick_gelu", 1e-5), 336, 14);

    /** The number of patches, and of tokens without the class token. */
    public int patches() {
        return (image / patch) * (image / patch);
    }

    /** What is absent is as in ViT-B/32, the default of Transformers. */
    static ClipVisionConfig read(Json json) {
        json.oneOf("model_type", "clip_vision_model", "clip");
        if (json.whole("num_channels", 3, 1, 64) != 3) {
            throw json.unsupported(
                    "num_channels", json.object().get("num_channels").toString(), "3");
        }
        var image = json.whole("image_size", 224, 1, Limits.IMAGE);
        return new ClipVisionConfig(
                ClipTransformerConfig.read(json, BASE), image, json.whole("patch_size", 32, 1, image));
    }
}
