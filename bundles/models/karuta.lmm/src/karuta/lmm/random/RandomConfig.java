package karuta.lmm.random;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import karuta.safetensors.Dtype;

/** The configurations of a random model, as Transformers 4 writes them. */
final class RandomConfig {

    private RandomConfig() {}

    static JsonObject model(LlavaShape shape, Dtype dtype) {
        var tower = shape.tower();
        var text = new JsonObject();
        text.addProperty("model_type", "llama");
        text.addProperty("vocab_size", shape.vocabulary());
        text.addProperty("hidden_size", shape.hidden());
        text.addProperty("intermediate_size", shape.intermediate());
        text.addProperty("num_hidden_layers", shape.layers());
        text.addProperty("num_attention_heads", shape.heads());
        text.addProperty("num_key_value_heads", shape.keyValueHeads());
        text.addProperty("max_position_embeddings", 4096);
        text.addProperty("rms_norm_eps", 1e-5);
        text.addProperty("bos_token_id", ByteTokenizer.START);
        text.addProperty("eos_token_id", ByteTokenizer.END);
        text.addProperty("torch_dtype", type(dtype));
        var vision = new JsonObject();
        vision.addProperty("model_type", "clip_vision_model");
        vision.addProperty("hidden_size", tower.hidden());
        vision.addProperty("intermediate_size", tower.intermediate());
        vision.addProperty("num_hidden_layers", tower.layers());
        vision.addProperty("num_attention_heads", tower.heads());
        vision.addProperty("image_size", tower.image());
        vision.addProperty("patch_size", tower.patch());
        var model = new JsonObject();
        var architectures = new JsonArray();
        architectures.add("LlavaForConditionalGeneration");
        model.add("architectures", architectures);
        model.addProperty("model_type", "llava");
        model.addProperty("image_token_index", shape.imageToken());
        model.addProperty("projector_hidden_act", "gelu");
        model.addProperty("vision_feature_layer", -2);
        model.addProperty("vision_feature_select_strategy", "default");
        model.addProperty("tie_word_embeddings", false);
        model.addProperty("torch_dtype", type(dtype));
        model.add("text_config", text);
        model.add("vision_config", vision);
        return model;
    }

    static JsonObject preprocessor(LlavaShape shape) {
        var size = new JsonObject();
        size.addProperty("shortest_edge", shape.tower().image());
        var crop = new JsonObject();
        crop.addProperty("height", shape.tower().image());
        crop.addProperty("width", shape.tower().image());
        var processor = new JsonObject();
        processor.addProperty("image_processor_type", "CLIPImageProcessor");
        processor.add("size", size);
        processor.add("crop_size", crop);
        return processor;
    }

    private static String type(Dtype dtype) {
        return switch (dtype) {
            case BF16 -> "bfloat16";
            case F16 -> "float16";
            default -> "float32";
        };
    }
}
