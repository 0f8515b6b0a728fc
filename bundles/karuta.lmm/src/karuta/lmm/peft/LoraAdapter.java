package karuta.lmm.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import karuta.api.Anatomy.Linear;
import karuta.api.KarutaException;
import karuta.lmm.config.LlavaConfig.Layout;
import karuta.safetensors.SafeTensors;
import karuta.tensor.LowRank;

/**
 * A LoRA adapter of the decoder.
 *
 * @param layers by the linear layers' names, as {@code layers.0.self_attn.q_proj}
 */
public record LoraAdapter(Map<String, LowRank> layers) {

    private static final String ROOT = "base_model.model.";
    private static final Pattern MATRIX = Pattern.compile("base_model\\.model\\.(.*)\\.lora_([AB])\\.weight");

    /** Copies the map. */
    public LoraAdapter {
        layers = Map.copyOf(layers);
    }

    /**
     * Reads an adapter.
     *
     * @param folder with both files
     * @param linears the decoder's
     * @param manager gets the matrices, float32
     * @throws KarutaException if it is broken or incomplete, adapts anything but the decoder's linear layers, or needs
     *     a part of PEFT that is not implemented
     */
    public static LoraAdapter read(Path folder, List<Linear> linears, NDManager manager) {
        var files = new AdapterFolder(folder);
        var config = LoraConfig.read(files.config("LORA"));
        try (var weights = files.weights()) {
            var paths = paths(folder, weights.names());
            requireMeant(folder, config.targets(), paths, linears);
            var layers = new HashMap<String, LowRank>();
            paths.forEach((linear, path) ->
                    layers.put(linear, matrices(weights, path, config, linear(folder, linear, linears), manager)));
            return new LoraAdapter(layers);
        }
    }

    /** The full paths of the adapted modules, by the linear layers' names. */
    private static Map<String, String> paths(Path folder, Set<String> names) {
        var paths = new TreeMap<String, String>();
        for (var name : names) {
            var matrix = MATRIX.matcher(name);
            var path = matrix.matches() ? ModulePath.in(matrix.group(1)) : Optional.<ModulePath>empty();
            if (path.isEmpty()) {
                throw new KarutaException(
                        folder + " has the tensor " + name + ", which is no LoRA matrix of the decoder.",
                        "Adapters of the decoder's linear layers can be used, not those of the image tower, the"
                                + " projector or the head.");
            }
            paths.put(path.get().linear(matrix.group(1)), matrix.group(1));
        }
        return paths;
    }

    private static void requireMeant(Path folder, Targets targets, Map<String, String> paths, List<Linear> linears) {
        var module = ModulePath.in(paths.values().stream().findFirst().orElse(""));
        var meant = linears.stream()
                .map(Linear::name)
                .filter(linear ->
                        module.isPresent() && targets.include(module.get().full(linear)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!meant.equals(paths.keySet()) || meant.isEmpty()) {
            var odd = new TreeSet<>(meant.size() > paths.size() ? meant : paths.keySet());
            odd.removeAll(meant.size() > paths.size() ? paths.keySet() : meant);
            throw new KarutaException(
                    "The target modules of " + folder + " are not those that it has matrices of, such as " + odd + ".",
                    "Fetch or save the adapter again.");
        }
    }

    private static Linear linear(Path folder, String name, List<Linear> linears) {
        return linears.stream()
                .filter(linear -> linear.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        folder + " adapts " + name + ", which this model does not have.",
                        "Give the adapter of this model."));
    }

    private static LowRank matrices(
            SafeTensors weights, String path, LoraConfig config, Linear linear, NDManager manager) {
        var r = config.rankOf(path);
        return new LowRank(
                matrix(weights, path + ".lora_A.weight", manager, r, linear.in()),
                matrix(weights, path + ".lora_B.weight", manager, linear.out(), r),
                config.scaleOf(path));
    }

    private static NDArray matrix(SafeTensors weights, String name, NDManager manager, long... shape) {
        var found = weights.info(ROOT + name).shape();
        if (!found.equals(new Shape(shape))) {
            throw new KarutaException(
                    "Tensor " + ROOT + name + " of " + weights.path() + " has shape " + found + "; " + new Shape(shape)
                            + " is needed.",
                    "Give the adapter of this model, with its own adapter_config.json.");
        }
        return weights.read(ROOT + name, manager, DataType.FLOAT32);
    }

    /**
     * Writes the adapter so that PEFT loads it.
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
            tensors.put(ROOT + module.full(linear) + ".lora_A.weight", layer.a());
            tensors.put(ROOT + module.full(linear) + ".lora_B.weight", layer.b());
        });
        return tensors;
    }
}
