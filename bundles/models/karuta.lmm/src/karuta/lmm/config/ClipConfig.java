package karuta.lmm.config;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import karuta.api.KarutaException;

/**
 * Sizes of a CLIP model.
 *
 * @param vision of its image tower
 * @param text of its text tower
 * @param projection size of the common space
 */
public record ClipConfig(ClipVisionConfig vision, ClipTextConfig text, int projection) {

    /**
     * Reads a model's {@code config.json}.
     *
     * @param folder of the model
     * @throws KarutaException if it cannot be read, or describes a model that is not implemented
     */
    public static ClipConfig read(Path folder) {
        var json = Json.read(folder.resolve("config.json"));
        json.oneOf("model_type", "clip");
        return new ClipConfig(
                ClipVisionConfig.read(part(json, "vision_config")),
                ClipTextConfig.read(part(json, "text_config")),
                json.whole("projection_dim", 512, 1, Limits.HIDDEN));
    }

    /**
     * Reads the image tower of a CLIP model, or of a model that is nothing but an image tower.
     *
     * @throws KarutaException if it cannot be read, or describes a model that is not implemented
     */
    public static ClipVisionConfig readVision(Path folder) {
        var json = Json.read(folder.resolve("config.json"));
        return ClipVisionConfig.read(
                json.oneOf("model_type", "clip", "clip_vision_model").equals("clip")
                        ? part(json, "vision_config")
                        : json);
    }

    /** Where old configurations have a part twice, the one ending in _dict holds, defaults included. */
    private static Json part(Json json, String key) {
        return json.object(key + "_dict")
                .or(() -> json.object(key))
                .orElseGet(() -> new Json(json.where() + ", " + key, new JsonObject()));
    }
}
