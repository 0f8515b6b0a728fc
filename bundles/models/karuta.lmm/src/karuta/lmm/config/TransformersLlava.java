package karuta.lmm.config;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * The configuration of Transformers' LlavaForConditionalGeneration. Published ones leave most values to the defaults.
 */
final class TransformersLlava {

    private TransformersLlava() {}

    static LlavaConfig read(Json json) {
        json.oneOf("projector_hidden_act", "gelu");
        var text = json.object("text_config").orElseGet(() -> new Json(json.where(), new JsonObject()));
        text.oneOf("model_type", "llama");
        return new LlavaConfig(
                LlavaConfig.Layout.TRANSFORMERS,
                json.object("vision_config").map(ClipVisionConfig::read).orElse(ClipVisionConfig.LARGE),
                LlamaConfig.read(text, json.flag("tie_word_embeddings", false)),
                new Projector(2, json.flag("multimodal_projector_bias", true)),
                json.wholes("vision_feature_layer", List.of(-2), -Limits.LAYERS, Limits.LAYERS),
                json.oneOf("vision_feature_select_strategy", "default", "full").equals("full"),
                json.whole(
                        "image_token_index",
                        json.whole("image_token_id", 32000, 0, Limits.VOCABULARY),
                        0,
                        Limits.VOCABULARY),
                false);
    }
}
