package karuta.lmm.exchange;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import karuta.api.KarutaException;
import karuta.lmm.config.LlavaDecoder;
import karuta.lmm.peft.LoraAdapter;
import karuta.safetensors.SealedTensors;
import karuta.tensor.LoraLayer;
import karuta.tensor.SavedNames;

/**
 * What the baseline {@code lora} keeps: of every layer {@code LINEAR.lora_A.weight} [r, in] and {@code
 * LINEAR.lora_B.weight} [out, r], and the notes {@code rank}, {@code alpha} and {@code dropout}.
 *
 * @param adapter of the decoder, with one rank and scale
 * @param dropout that it is trained with
 */
record LoraState(LoraAdapter adapter, double dropout) {

    /** Whether a strategy has kept this. */
    static boolean matches(StrategyState kept) {
        return kept.names().stream().anyMatch(name -> name.endsWith(SavedNames.LORA_A));
    }

    /** @throws KarutaException if it is incomplete, or not of this model */
    static LoraState read(StrategyState kept, LlavaDecoder model, NDManager manager) {
        var rank = kept.number("rank", 1);
        var scale = kept.number("alpha", 0) / rank;
        var layers = new TreeMap<String, LoraLayer>();
        var left = new TreeSet<>(kept.names());
        for (var linear : model.text().linears()) {
            if (left.remove(linear.name() + SavedNames.LORA_A)) {
                var a = kept.tensor(linear.name() + SavedNames.LORA_A, new Shape((long) rank, linear.in()), manager);
                var b = kept.tensor(linear.name() + SavedNames.LORA_B, new Shape(linear.out(), (long) rank), manager);
                left.remove(linear.name() + SavedNames.LORA_B);
                layers.put(linear.name(), new LoraLayer(a, b, scale));
            }
        }
        if (!left.isEmpty()) {
            throw kept.unusable("has " + kept.place() + "/" + left.first()
                    + ", which is no half of a pair for a layer of the model");
        }
        return new LoraState(new LoraAdapter(layers), kept.number("dropout", 0));
    }

    /** Writes a checkpoint of a run whose learner is the baseline. */
    void write(Path checkpoint) {
        var tensors = new HashMap<String, NDArray>();
        adapter.layers().forEach((linear, layer) -> {
            tensors.put("learner/" + linear + SavedNames.LORA_A, layer.a());
            tensors.put("learner/" + linear + SavedNames.LORA_B, layer.b());
        });
        SealedTensors.write(
                checkpoint,
                tensors,
                Map.of(
                        "learner/rank", String.valueOf(adapter.rank()),
                        "learner/alpha", String.valueOf(adapter.alpha()),
                        "learner/dropout", String.valueOf(dropout)));
    }

    /** In words. */
    @Override
    public String toString() {
        return "a LoRA of " + adapter.layers().size() + " linear layers, rank " + adapter.rank() + ", alpha "
                + adapter.alpha() + ", dropout " + dropout;
    }
}
