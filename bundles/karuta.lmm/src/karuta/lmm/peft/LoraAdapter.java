package karuta.lmm.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.Anatomy.Linear;
import karuta.api.KarutaException;
import karuta.lmm.config.LlavaConfig.Layout;
import karuta.tensor.LowRank;

/**
 * A LoRA adapter.
 *
 * @param layers of the decoder, by the linear layers' names, as {@code layers.0.self_attn.q_proj}
 * @param others of the image tower, the projector and the head, by the names that {@link
 *     karuta.lmm.config.LlavaNames} gives their weights, without {@code .weight}
 */
public record LoraAdapter(Map<String, LowRank> layers, Map<String, LowRank> others) {

    private static final String ROOT = "base_model.model.";
    private static final Pattern PARAMETER =
            Pattern.compile("base_model\\.model\\.(.*)\\.lora_([AB])(?:\\.default)?\\.weight");

    /** Copies the maps. */
    public LoraAdapter {
        layers = Map.copyOf(layers);
        others = Map.copyOf(others);
    }

    /** An adapter of the decoder alone. */
    public LoraAdapter(Map<String, LowRank> layers) {
        this(layers, Map.of());
    }

    /**
     * Reads an adapter of the decoder.
     *
     * @param folder with both files
     * @param linears the decoder's
     * @param manager gets the matrices, float32
     * @throws KarutaException if it is broken or incomplete, adapts anything but the decoder's linear layers, or needs
     *     a part of PEFT that is not implemented
     */
    public static LoraAdapter read(Path folder, List<Linear> linears, NDManager manager) {
        var adapter = readAll(folder, linears, manager);
        if (!adapter.others.isEmpty()) {
            throw new KarutaException(
                    folder + " adapts " + new TreeSet<>(adapter.others.keySet()).first()
                            + ", which is no linear layer of the decoder.",
                    "Adapt the decoder alone: PEFT finds bare names such as q_proj in the image tower, too, so say"
                            + " target_modules as a regular expression.");
        }
        return adapter;
    }

    /**
     * Reads an adapter of any linear layers of a LLaVA.
     *
     * @param folder with both files
     * @param linears the decoder's
     * @param manager gets the matrices, float32
     * @throws KarutaException if it is broken or incomplete, adapts anything but linear layers, or needs a part of PEFT
     *     that is not implemented
     */
    public static LoraAdapter readAll(Path folder, List<Linear> linears, NDManager manager) {
        return new LoraReader(folder, linears, manager).read();
    }

    static String parameter(String path, String matrix) {
        return ROOT + path + ".lora_" + matrix + ".weight";
    }

    /**
     * A matrix.
     *
     * @param parameter as PEFT names it, such as {@code
     *     base_model.model.model.language_model.layers.0.mlp.up_proj.lora_A.weight}
     */
    public Optional<NDArray> matrix(String parameter) {
        var name = PARAMETER.matcher(parameter);
        if (!name.matches()) {
            return Optional.empty();
        }
        var module = ModulePath.canonical(name.group(1));
        return Optional.ofNullable(ModulePath.linearOf(module).map(layers::get).orElseGet(() -> others.get(module)))
                .map(layer -> name.group(2).equals("A") ? layer.a() : layer.b());
    }

    /** All matrices. */
    public List<NDArray> matrices() {
        return Stream.concat(layers.values().stream(), others.values().stream())
                .flatMap(layer -> Stream.of(layer.a(), layer.b()))
                .toList();
    }

    /**
     * Writes the adapter of the decoder so that PEFT loads it.
     *
     * @param folder made if it is not there
     * @param layout of the model that it belongs to
     * @param dropout that it was trained with
     * @throws IllegalArgumentException if not all layers have the same rank and scale
     * @throws KarutaException if it cannot be written
     */
    public void write(Path folder, Layout layout, double dropout) {
        var ranks = layers.values().stream()
                .map(layer -> layer.a().getShape().get(0))
                .collect(Collectors.toSet());
        var scales = layers.values().stream().map(LowRank::scale).collect(Collectors.toSet());
        if (ranks.size() != 1 || scales.size() != 1) {
            throw new IllegalArgumentException("ranks " + ranks + " and scales " + scales + " of one adapter");
        }
        var module = ModulePath.of(layout);
        var rank = ranks.iterator().next();
        var config = new JsonObject();
        config.addProperty("peft_type", "LORA");
        config.addProperty("task_type", "CAUSAL_LM");
        config.add("base_model_name_or_path", JsonNull.INSTANCE);
        config.addProperty("r", rank);
        config.addProperty("lora_alpha", whole(scales.iterator().next() * rank));
        config.addProperty("lora_dropout", dropout);
        config.addProperty("target_modules", targets(module));
        config.addProperty("bias", "none");
        config.addProperty("fan_in_fan_out", false);
        config.addProperty("use_rslora", false);
        config.addProperty("init_lora_weights", true);
        config.addProperty("inference_mode", true);
        new AdapterFolder(folder).write(config, tensors(module));
    }

    /** Whole numbers are written as such: PEFT's alpha is one, as a rule. */
    private static Number whole(double alpha) {
        return alpha == Math.rint(alpha) ? (Number) (long) alpha : (Number) alpha;
    }

    /** A regular expression: bare names would be found in the image tower, too. */
    private String targets(ModulePath module) {
        return layers.keySet().stream()
                .sorted()
                .map(linear -> module.full(linear).replace(".", "\\."))
                .collect(Collectors.joining("|"));
    }

    private Map<String, NDArray> tensors(ModulePath module) {
        var tensors = new HashMap<String, NDArray>();
        layers.forEach((linear, layer) -> {
            tensors.put(parameter(module.full(linear), "A"), layer.a());
            tensors.put(parameter(module.full(linear), "B"), layer.b());
        });
        return tensors;
    }
}
