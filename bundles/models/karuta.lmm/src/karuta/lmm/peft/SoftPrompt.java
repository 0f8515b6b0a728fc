package karuta.lmm.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.lmm.config.LlamaConfig;

/**
 * A soft prompt as PEFT's prompt tuning has it. PEFT puts it before BOS; a backbone with the option softTokens =
 * beforeStart does the same.
 *
 * @param embeddings {@code [M, d]}, float32
 */
public record SoftPrompt(NDArray embeddings) {

    private static final String TYPE = "PROMPT_TUNING";
    private static final String TENSOR = "prompt_embeddings";

    /**
     * Whether an adapter's folder has a soft prompt of prompt tuning in it.
     *
     * @throws KarutaException if its configuration cannot be read
     */
    public static boolean matches(Path folder) {
        return new AdapterFolder(folder).type().equals(TYPE);
    }

    /**
     * Reads a prompt.
     *
     * @param folder with both files
     * @param hidden {@code d}
     * @param manager gets the embeddings
     * @throws KarutaException if it is broken, or no prompt of such a model
     */
    public static SoftPrompt read(Path folder, int hidden, NDManager manager) {
        var files = new AdapterFolder(folder);
        var config = files.config(TYPE);
        try (var weights = files.weights()) {
            var shape = new Shape(config.whole("num_virtual_tokens", 0, 1, 1 << 16), hidden);
            if (!weights.names().equals(Set.of(TENSOR))
                    || !weights.info(TENSOR).shape().equals(shape)) {
                throw new KarutaException(
                        weights.path() + " holds " + weights.names() + " instead of " + TENSOR + " of shape " + shape
                                + ".",
                        "Give the soft prompt of a model with embeddings of this size.");
            }
            return new SoftPrompt(weights.readFinite(TENSOR, manager, DataType.FLOAT32));
        }
    }

    /**
     * Writes the prompt so that PEFT loads it.
     *
     * @param folder made if it is not there
     * @param model that it belongs to
     * @throws KarutaException if it cannot be written
     */
    public void write(Path folder, LlamaConfig model) {
        var config = new JsonObject();
        config.addProperty("peft_type", TYPE);
        config.addProperty("task_type", "CAUSAL_LM");
        config.add("base_model_name_or_path", JsonNull.INSTANCE);
        config.addProperty("num_virtual_tokens", embeddings.getShape().get(0));
        config.addProperty("token_dim", embeddings.getShape().get(1));
        config.addProperty("num_transformer_submodules", 1);
        config.addProperty("num_attention_heads", model.heads());
        config.addProperty("num_layers", model.layers());
        config.addProperty("prompt_tuning_init", "RANDOM");
        config.addProperty("inference_mode", true);
        new AdapterFolder(folder).write(config, Map.of(TENSOR, embeddings));
    }
}
