package karuta.lmm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    private static final Path PUBLISHED = Path.of("test", "fixtures", "published");

    @ParameterizedTest
    @CsvSource({
        "language_model.model.layers.0.mlp.up_proj.weight, model.layers.0.mlp.up_proj.weight",
        "model.language_model.layers.0.mlp.up_proj.weight, model.layers.0.mlp.up_proj.weight",
        "model.layers.0.mlp.up_proj.weight, model.layers.0.mlp.up_proj.weight",
        "language_model.lm_head.weight, lm_head.weight",
        "lm_head.weight, lm_head.weight",
        "model.language_model.embed_tokens.weight, model.embed_tokens.weight",
        "model.language_model.norm.weight, model.norm.weight",
        "multi_modal_projector.linear_1.bias, multi_modal_projector.linear_1.bias",
        "model.multi_modal_projector.linear_2.weight, multi_modal_projector.linear_2.weight",
        "model.mm_projector.0.bias, multi_modal_projector.linear_1.bias",
        "model.mm_projector.2.weight, multi_modal_projector.linear_2.weight",
        "model.mm_projector.4.weight, multi_modal_projector.linear_3.weight",
        "model.mm_projector.weight, multi_modal_projector.linear_1.weight",
        "vision_tower.vision_model.pre_layrnorm.bias, vision_model.pre_layrnorm.bias",
        "vision_tower.pre_layrnorm.bias, vision_model.pre_layrnorm.bias",
        "model.vision_tower.vision_model.pre_layrnorm.bias, vision_model.pre_layrnorm.bias",
        "model.vision_tower.pre_layrnorm.bias, vision_model.pre_layrnorm.bias",
        "model.vision_tower.vision_tower.vision_model.pre_layrnorm.bias, vision_model.pre_layrnorm.bias",
        "something.else, something.else",
    })
    void allLayoutsOfLlavaGetOneNaming(String stored, String name) {
        assertEquals(Optional.of(name), new LlavaNames().apply(stored));
    }

    @ParameterizedTest
    @CsvSource({
        "language_model.model.layers.0.self_attn.rotary_emb.inv_freq",
        "model.layers.0.self_attn.rotary_emb.inv_freq",
        "vision_tower.vision_model.embeddings.position_ids",
        "model.image_newline",
    })
    void whatIsComputedIsLeftOut(String stored) {
        assertEquals(Optional.empty(), new LlavaNames().apply(stored));
    }

    @Test
    void theTowersOfThePublishedModelsHaveTheSameNames() throws IOException {
        var clip = named("clip-vit-large-patch14-336", new ClipNames(Set.of()));
        var llava = named("llava-1.5-7b-hf", new LlavaNames());
        assertEquals(590, clip.size());
        assertEquals(686, llava.size());
        assertEquals(withPrefix(clip, "vision_model."), withPrefix(llava, "vision_model."));
    }

    @Test
    void thePublishedLanguageModelsHaveTheSameNames() throws IOException {
        var llava = named("llava-1.5-7b-hf", new LlavaNames());
        var original = named("llava-v1.5-7b", new LlavaNames());
        assertEquals(295, original.size());
        llava.removeIf(name -> name.startsWith("vision_model."));
        assertEquals(llava, original);
    }

    @Test
    void aTowerAloneMayLackItsName() {
        var vision = new ClipNames(Set.of("embeddings.class_embedding"));
        assertEquals(
                Optional.of("vision_model.embeddings.class_embedding"), vision.apply("embeddings.class_embedding"));
        var text = new ClipNames(Set.of("embeddings.token_embedding.weight"));
        assertEquals(
                Optional.of("text_model.encoder.layers.0.mlp.fc1.bias"), text.apply("encoder.layers.0.mlp.fc1.bias"));
        assertEquals(Optional.of("logit_scale"), text.apply("logit_scale"));
    }

    private static Set<String> named(String model, Function<String, Optional<String>> names) throws IOException {
        var stored = Files.readAllLines(PUBLISHED.resolve(model).resolve("tensors.txt")).stream()
                .map(line -> line.split(" ")[0])
                .toList();
        var named = stored.stream().flatMap(name -> names.apply(name).stream()).collect(Collectors.toSet());
        assertTrue(stored.size() - named.size() <= 2, "no two tensors get one name");
        return named;
    }

    private static Set<String> withPrefix(Set<String> names, String prefix) {
        return names.stream().filter(name -> name.startsWith(prefix)).collect(Collectors.toSet());
    }
}
