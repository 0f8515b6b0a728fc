package karuta.lmm.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.BackboneSpec.Linear;
import karuta.api.KarutaException;

/**
 * Sizes of a LLaVA-1.5 model.
 *
 * @param layout how its folder is laid out
 * @param vision of its image tower
 * @param text of its language model
 * @param projector between them
 * @param featureLayers whose states are the visual tokens, concatenated; counted from 0, the state before the first
 *     layer, or from -1, the state after the last layer, backwards
 * @param classToken whether the class token is one of the visual tokens
 * @param imageToken id of the token that stands for a visual token; in no vocabulary if the layout is the original one
 * @param pad whether images are padded to squares, rather than cropped
 */
public record LlavaConfig(
        Layout layout,
        ClipVisionConfig vision,
        LlamaConfig text,
        Projector projector,
        List<Integer> featureLayers,
        boolean classToken,
        int imageToken,
        boolean pad) {

    /** How a model's folder is laid out. */
    public enum Layout {
        /** As Transformers' LlavaForConditionalGeneration. */
        TRANSFORMERS,
        /** As the LLaVA repository's own LlavaLlamaForCausalLM, which lacks the image tower. */
        ORIGINAL
    }

    /** Copies the list. */
    public LlavaConfig {
        featureLayers = List.copyOf(featureLayers);
    }

    /** The number of tokens that an image becomes. */
    public int imageTokens() {
        return vision.patches() + (classToken ? 1 : 0);
    }

    /** Size of a visual token before the projector. */
    public int featureSize() {
        return vision.tower().hidden() * featureLayers.size();
    }

    /** The linear layers of the projector. */
    public List<Linear> projectorLinears() {
        return IntStream.range(0, projector.layers())
                .mapToObj(i -> new Linear(
                        "multi_modal_projector.linear_" + (i + 1),
                        i == 0 ? featureSize() : text.hidden(),
                        text.hidden()))
                .toList();
    }

    /**
     * Reads a model's {@code config.json}, and the end tokens from {@code generation_config.json} if there is one.
     *
     * @param folder of the model
     * @param tower folder of a CLIP model, needed for the original layout
     * @throws KarutaException if it cannot be read, or describes a model that is not implemented
     */
    public static LlavaConfig read(Path folder, Optional<Path> tower) {
        var json = Json.read(folder.resolve("config.json"));
        if (json.has("quantization_config")) {
            throw json.unsupported("quantization_config", "an object", "null");
        }
        json.oneOf("model_type", "llava", "llava_llama");
        var config = OriginalLlava.matches(json) ? OriginalLlava.read(json, tower) : TransformersLlava.read(json);
        var layers = config.vision.tower().layers();
        for (var layer : config.featureLayers) {
            if (layer < -layers - 1 || layer > layers) {
                throw json.unsupported("vision_feature_layer", layer.toString(), "one of the " + layers + " layers");
            }
        }
        return config.endingWith(ends(folder, json, config.text));
    }

    /**
     * The end tokens as {@code generate()} of Transformers takes them: {@code generation_config.json} alone, if there is
     * one; else {@code config.json}, before its part about the language model.
     */
    private static List<Integer> ends(Path folder, Json config, LlamaConfig text) {
        var generation = Json.readIfThere(folder.resolve("generation_config.json"));
        var ends = generation
                .map(json -> json.wholes("eos_token_id", List.of(), 0, text.vocabulary() - 1))
                .orElseGet(() -> config.wholes("eos_token_id", text.ends(), 0, text.vocabulary() - 1));
        if (ends.isEmpty()) {
            throw new KarutaException(
                    generation.orElse(config).where() + " has no eos_token_id, so no answer would ever end.",
                    "Write the end token's id into it, as \"eos_token_id\": 2 in LLaVA-1.5.");
        }
        return ends;
    }

    private LlavaConfig endingWith(List<Integer> others) {
        return new LlavaConfig(
                layout, vision, text.endingWith(others), projector, featureLayers, classToken, imageToken, pad);
    }
}
