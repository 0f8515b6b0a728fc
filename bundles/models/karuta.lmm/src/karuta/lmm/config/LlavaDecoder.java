package karuta.lmm.config;

import java.nio.file.Path;
import karuta.api.KarutaException;
import karuta.lmm.config.LlavaConfig.Layout;

/**
 * The language model of a LLaVA, which can be read without its image tower.
 *
 * @param layout how the model's folder is laid out
 * @param text sizes
 */
public record LlavaDecoder(Layout layout, LlamaConfig text) {

    /**
     * Reads a model's {@code config.json}.
     *
     * @param folder of the model
     * @throws KarutaException if it cannot be read, or describes a model that Karuta does not compute
     */
    public static LlavaDecoder read(Path folder) {
        var json = Json.read(folder.resolve("config.json"));
        json.oneOf("model_type", "llava", "llava_llama");
        if (OriginalLlava.matches(json)) {
            return new LlavaDecoder(Layout.ORIGINAL, LlamaConfig.read(json, false));
        }
        var config = TransformersLlava.read(json);
        return new LlavaDecoder(config.layout(), config.text());
    }
}
