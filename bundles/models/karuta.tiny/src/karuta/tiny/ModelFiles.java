package karuta.tiny;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import karuta.api.KarutaException;

/** The files of both model folders, but for the weights. They alone decide the models' sizes. */
final class ModelFiles {

    private static final String VISION = """
        {"model_type": "clip_vision_model", "hidden_size": 128, "intermediate_size": 512, "num_hidden_layers": 3,
         "num_attention_heads": 4, "image_size": 48, "patch_size": 16, "num_channels": 3,
         "hidden_act": "quick_gelu",
         "layer_norm_eps": 1e-05, "projection_dim": 64}\
        """;

    private static final String CLIP = """
        {"architectures": ["CLIPModel"], "model_type": "clip", "projection_dim": 64, "logit_scale_init_value": 2.6,
         "dtype": "float32",
         "text_config": {"model_type": "clip_text_model", "vocab_size": @SIZE@, "hidden_size": 128,
           "intermediate_size": 512, "num_hidden_layers": 2, "num_attention_heads": 4,
           "max_position_embeddings": 77,
           "hidden_act": "quick_gelu", "layer_norm_eps": 1e-05, "projection_dim": 64, "bos_token_id": @BOS@,
           "eos_token_id": @EOS@, "pad_token_id": @PAD@},
         "vision_config": @VISION@}\
        """;

    private static final String LLAVA = """
        {"architectures": ["LlavaForConditionalGeneration"], "model_type": "llava", "dtype": "float32",
         "image_token_index": @IMAGE@, "image_seq_length": 9, "projector_hidden_act": "gelu",
         "multimodal_projector_bias": true, "vision_feature_layer": -2, "vision_feature_select_strategy": "default",
         "tie_word_embeddings": false, "prompt_template": "<image>{instruction}<ans>",
         "text_config": {"model_type": "llama", "vocab_size": @SIZE@, "hidden_size": 96, "intermediate_size": 256,
           "num_hidden_layers": 4, "num_attention_heads": 4, "num_key_value_heads": 4, "head_dim": 24,
           "hidden_act": "silu", "rms_norm_eps": 1e-05, "rope_theta": 1000.0,
           "rope_parameters": {"rope_type": "default", "rope_theta": 1000.0}, "max_position_embeddings": 512,
           "attention_bias": false, "mlp_bias": false, "tie_word_embeddings": false, "bos_token_id": @BOS@,
           "eos_token_id": @EOS@, "pad_token_id": @PAD@},
         "vision_config": @VISION@}\
        """;

    private static final String PREPROCESSOR = """
        {"image_processor_type": "CLIPImageProcessor", "do_convert_rgb": true, "do_resize": true,
         "size": {"shortest_edge": 48}, "resample": 3, "do_center_crop": true,
         "crop_size": {"height": 48, "width": 48},
         "do_rescale": true, "rescale_factor": 0.00392156862745098, "do_normalize": true,
         "image_mean": [@MEAN@, @MEAN@, @MEAN@], "image_std": [@STD@, @STD@, @STD@]}\
        """;

    private static final String TOKENIZER = """
        {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>",
         "pad_token": "<pad>",
         "model_max_length": @MAX@, "padding_side": "@SIDE@", "clean_up_tokenization_spaces": false,
         "model_input_names": ["input_ids", "attention_mask"]}\
        """;

    private static final String PROCESSOR = """
        {"processor_class": "LlavaProcessor", "patch_size": 16, "vision_feature_select_strategy": "default",
         "image_token": "<image>", "num_additional_image_tokens": 1}\
        """;

    private static final String GENERATION = """
        {"bos_token_id": @BOS@, "eos_token_id": @EOS@, "pad_token_id": @PAD@, "do_sample": false}\
        """;

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private final Vocabulary vocabulary;

    ModelFiles(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Writes all that a CLIP folder holds beside the weights. */
    void clip(Path folder) {
        write(folder, "config.json", json(CLIP));
        write(folder, "preprocessor_config.json", json(PREPROCESSOR));
        write(folder, "tokenizer.json", TokenizerFile.of(vocabulary, true));
        write(
                folder,
                "tokenizer_config.json",
                json(TOKENIZER.replace("@MAX@", "77").replace("@SIDE@", "right")));
    }

    /** Writes all that a LLaVA folder holds beside the weights. */
    void llava(Path folder) {
        write(folder, "config.json", json(LLAVA));
        write(folder, "preprocessor_config.json", json(PREPROCESSOR));
        write(folder, "processor_config.json", json(PROCESSOR));
        write(folder, "generation_config.json", json(GENERATION));
        write(folder, "tokenizer.json", TokenizerFile.of(vocabulary, false));
        write(
                folder,
                "tokenizer_config.json",
                json(TOKENIZER.replace("@MAX@", "512").replace("@SIDE@", "left")));
    }

    private JsonObject json(String text) {
        for (var value : Map.of(
                        "@VISION@", VISION,
                        "@SIZE@", vocabulary.size(),
                        "@BOS@", Vocabulary.BOS,
                        "@EOS@", Vocabulary.EOS,
                        "@PAD@", Vocabulary.PAD,
                        "@IMAGE@", Vocabulary.IMAGE,
                        "@MEAN@", RenderedScenes.MEAN,
                        "@STD@", RenderedScenes.DEVIATION)
                .entrySet()) {
            text = text.replace(value.getKey(), value.getValue().toString());
        }
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static void write(Path folder, String name, JsonObject json) {
        var file = folder.resolve(name);
        var part = folder.resolve(name + ".part");
        try {
            Files.createDirectories(folder);
            Files.writeString(part, GSON.toJson(json) + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new KarutaException(
                    "Cannot write " + file + ": " + e, "Check the folder's access rights and the free space.", e);
        }
    }
}
