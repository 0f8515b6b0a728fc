package karuta.lmm.config;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not implemented, and what is not believed. */
class RefusedConfigTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'model_type': 'llava_next'}|model_type = \"llava_next\"",
                "{'model_type': 'llava', 'projector_hidden_act': 'relu'}|projector_hidden_act = \"relu\"",
                "{'model_type': 'llava', 'vision_feature_select_strategy': 'x'}|vision_feature_select_strategy = \"x\"",
                "{'model_type': 'llava', 'vision_feature_layer': -30}|vision_feature_layer = -30",
                "{'model_type': 'llava', 'quantization_config': {}}|quantization_config",
                "{'model_type': 'llava', 'vision_config': {'model_type': 'siglip_vision_model'}}|siglip_vision_model",
                "{'model_type': 'llava', 'vision_config': {'hidden_act': 'gelu_new'}}|hidden_act = \"gelu_new\"",
                "{'model_type': 'llava', 'vision_config': {'num_channels': 1}}|num_channels = 1",
                "{'model_type': 'llava', 'vision_config': {'image_size': 1000000}}|from 1 to 4096",
                "{'model_type': 'llava', 'vision_config': {'patch_size': 0}}|patch_size = 0",
                "{'model_type': 'llava', 'vision_config': {'num_attention_heads': 5}}|which 5 heads cannot share",
                "{'model_type': 'llava', 'vision_config': 3}|an object is needed",
                "{'model_type': 'llava', 'text_config': {'model_type': 'qwen2'}}|model_type = \"qwen2\"",
                "{'model_type': 'llava', 'text_config': {'attention_bias': true}}|attention_bias = true",
                "{'model_type': 'llava', 'text_config': {'mlp_bias': true}}|mlp_bias = true",
                "{'model_type': 'llava', 'text_config': {'hidden_act': 'gelu'}}|hidden_act = \"gelu\"",
                "{'model_type': 'llava', 'text_config': {'rope_scaling': {'type': 'linear', 'factor': 2}}}|type ="
                        + " \"linear\"",
                "{'model_type': 'llava', 'text_config': {'rope_scaling': {'rope_type': 'llama3'}}}|rope_type ="
                        + " \"llama3\"",
                "{'model_type': 'llava', 'text_config': {'rope_parameters': {'rope_type': 'yarn'}}}|rope_type ="
                        + " \"yarn\"",
                "{'model_type': 'llava', 'text_config': {'rope_parameters': {'partial_rotary_factor':"
                        + " 0.5}}}|partial_rotary",
                "{'model_type': 'llava', 'text_config': {'num_key_value_heads': 5}}|num_key_value_heads = 5",
                "{'model_type': 'llava', 'text_config': {'head_dim': 5}}|head_dim = 5",
                "{'model_type': 'llava', 'text_config': {'num_hidden_layers': 1000000}}|num_hidden_layers = 1000000",
                "{'model_type': 'llava', 'text_config': {'hidden_size': 9e99}}|hidden_size = 9e99",
                "{'model_type': 'llava', 'text_config': {'vocab_size': -1}}|vocab_size = -1",
                "{'model_type': 'llava', 'text_config': {'intermediate_size': '11008'}}|intermediate_size = \"11008\"",
                "{'model_type': 'llava', 'text_config': {'rms_norm_eps': -1}}|rms_norm_eps = -1",
                "{'model_type': 'llava', 'text_config': {'tie_word_embeddings': 'yes'}}|tie_word_embeddings = \"yes\"",
                "{'model_type': 'llava'} x|config.json",
                "[]|config.json",
            })
    void llava(String json, String message) throws IOException {
        write(json);
        refuse(message, () -> LlavaConfig.read(folder, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'mm_projector_type': 'resampler'|mm_projector_type = resampler",
                "'mm_use_im_start_end': true|mm_use_im_start_end = true",
                "'image_aspect_ratio': 'anyres'|image_aspect_ratio = \"anyres\"",
                "'mm_vision_select_feature': 'cls'|mm_vision_select_feature = \"cls\"",
                "'mm_hidden_size': 1024|needs an image tower of size 1024; the one given has 768",
            })
    void originalLlava(String key, String message) throws IOException {
        var tower = Files.createDirectory(folder.resolve("tower"));
        Files.writeString(tower.resolve("config.json"), "{\"model_type\": \"clip\"}");
        write("{'model_type': 'llava', 'mm_vision_tower': 'x', " + key + "}");
        refuse(message, () -> LlavaConfig.read(folder, Optional.of(tower)));
    }

    @Test
    void originalLlavaWithoutItsTower() throws IOException {
        write("{'model_type': 'llava', 'mm_vision_tower': 'openai/clip-vit-large-patch14-336'}");
        refuse("elsewhere: openai/clip-vit-large-patch14-336", () -> LlavaConfig.read(folder, Optional.empty()));
    }

    @Test
    void anotherModelThanClip() throws IOException {
        write("{'model_type': 'siglip'}");
        refuse("model_type = \"siglip\"", () -> ClipConfig.read(folder));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'model_type': 'llava', 'model_type': 'llava'}|has the key \"model_type\" twice at line 1",
                "{'model_type': 'llava'|line 1 column 23",
                "{'model_type': 'llava'} {}|broken JSON at line 1 column 26",
                "['llava']|it is no JSON object",
                "{'model_type': 'llava', 'image_token_index': 1e999999}|from 0 to",
                "{'model_type': 'llava', 'text_config': {'rms_norm_eps': NaN}}|broken JSON at line 1",
                "{'model_type': 'llava', 'text_config': {'rms_norm_eps': 1e999}}|a finite number is needed",
                "{'model_type': 'llava', 'text_config': {'num_hidden_layers': 1000000000}}|from 1 to 1024",
                "{'model_type': 'llava', 'text_config': {'num_hidden_layers': -1}}|from 1 to 1024",
                "{'model_type': 'llava', 'text_config': {'num_hidden_layers': 2.5}}|a whole number",
                "{'model_type': 'llava', 'text_config': {'hidden_size': '64'}}|a whole number",
                "{'model_type': 'llava', 'text_config': {'hidden_size': 1000000000}}|from 1 to 65536",
                "{'model_type': 'llava', 'text_config': {'vocab_size': [3]}}|a whole number",
                "version https://git-lfs.github.com/spec/v1|Git LFS pointer",
                "<!DOCTYPE html>|HTML page",
            })
    void hostileValuesAndFiles(String json, String message) throws IOException {
        write(json);
        refuse(message, () -> LlavaConfig.read(folder, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'eos_token_id': []}", "{'eos_token_id': null}", "{'bos_token_id': 1}"})
    void anEndTokenIsNeeded(String generation) throws IOException {
        write("{'model_type': 'llava'}");
        var file = Files.writeString(folder.resolve("generation_config.json"), generation.replace('\'', '"'));
        refuse(file + " has no eos_token_id", () -> LlavaConfig.read(folder, Optional.empty()));
    }

    @Test
    void noConfig() {
        refuse("config.json", () -> ClipConfig.read(folder));
    }

    private void write(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json.replace('\'', '"'));
    }

    private static void refuse(String message, Executable reading) {
        var error = assertThrows(KarutaException.class, reading);
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }
}
