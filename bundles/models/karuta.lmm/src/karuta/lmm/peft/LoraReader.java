package karuta.lmm.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import karuta.api.BackboneSpec.Linear;
import karuta.api.KarutaException;
import karuta.safetensors.SafeTensors;
import karuta.tensor.LoraLayer;

/**
 * Reads a LoRA adapter that PEFT wrote.
 *
 * @param folder with both files
 * @param linears the decoder's
 * @param manager gets the matrices
 */
record LoraReader(Path folder, List<Linear> linears, NDManager manager) {

    /** PEFT before 0.3, and scripts that save state dictionaries, leave out the root or add the adapter's name. */
    private static final Pattern MATRIX =
            Pattern.compile("(?:base_model\\.model\\.)?(.*)\\.(lora_[AB])(?:\\.default)?\\.weight");

    LoraAdapter read() {
        var files = new AdapterFolder(folder);
        var config = LoraConfig.read(files.config("LORA"));
        try (var weights = files.weights()) {
            var paths = paths(folder, weights.names());
            requireMeant(config.targets(), paths);
            var layers = new HashMap<String, LoraLayer>();
            var others = new HashMap<String, LoraLayer>();
            paths.forEach((module, path) -> {
                var linear = ModulePath.linearOf(module);
                if (linear.isPresent()) {
                    layers.put(linear.get(), matrices(weights, path, config, linear(linear.get())));
                } else {
                    others.put(module, matrices(weights, path, config, own(path, weights, path)));
                }
            });
            return new LoraAdapter(layers, others);
        }
    }

    /** Reads an adapter of the layers that it has matrices of, in the sizes that it has them. */
    static LoraReader ofItsOwn(Path folder, NDManager manager) {
        var files = new AdapterFolder(folder);
        files.config("LORA");
        var linears = new ArrayList<Linear>();
        try (var weights = files.weights()) {
            paths(folder, weights.names())
                    .forEach((module, path) ->
                            ModulePath.linearOf(module).ifPresent(linear -> linears.add(own(linear, weights, path))));
        }
        return new LoraReader(folder, linears, manager);
    }

    /** The full paths of the adapted modules, by the names of {@link ModulePath#canonical}. */
    private static Map<String, String> paths(Path folder, Set<String> names) {
        var paths = new TreeMap<String, String>();
        var seen = new TreeSet<String>();
        for (var name : names) {
            var matrix = MATRIX.matcher(name);
            if (!matrix.matches()) {
                throw new KarutaException(
                        folder + " has the tensor " + name + ", which is no LoRA matrix of a linear layer.",
                        "Adapters of linear layers can be used, not those of embeddings or convolutions, and no"
                                + " modules_to_save.");
            }
            var path = matrix.group(1);
            if (!seen.add(path + "." + matrix.group(2))) {
                throw new KarutaException(
                        folder + " has " + matrix.group(2) + " of " + path + " under several names, one of them " + name
                                + ".",
                        "Fetch or save the adapter again.");
            }
            var twin = paths.put(ModulePath.canonical(path), path);
            if (twin != null && !twin.equals(path)) {
                throw new KarutaException(
                        folder + " adapts one module as " + twin + " and as " + path + ".",
                        "Fetch or save the adapter again.");
            }
        }
        return paths;
    }

    /** All that is there is meant, and of the decoder all that is meant is there. */
    private void requireMeant(Targets targets, Map<String, String> paths) {
        var decoder = paths.values().stream()
                .map(ModulePath::in)
                .flatMap(Optional::stream)
                .findFirst();
        var meant = linears.stream()
                .map(Linear::name)
                .flatMap(linear -> decoder.map(module -> module.full(linear)).stream())
                .filter(targets::include)
                .collect(Collectors.toCollection(TreeSet::new));
        var there = new TreeSet<>(paths.values());
        var strange = there.stream().filter(path -> !targets.include(path)).findFirst();
        meant.removeAll(there);
        if (strange.isPresent() || !meant.isEmpty() || there.isEmpty()) {
            throw new KarutaException(
                    "The target modules of " + folder + " are not those that it has matrices of, such as "
                            + strange.orElseGet(() -> meant.isEmpty() ? "any" : meant.first()) + ".",
                    "Fetch or save the adapter again.");
        }
    }

    private Linear linear(String name) {
        return linears.stream()
                .filter(linear -> linear.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        folder + " adapts " + name + ", which this model does not have.",
                        "Give the adapter of this model."));
    }

    /** A layer as large as the adapter says; the model, once there is one, compares that with its own. */
    private static Linear own(String name, SafeTensors weights, String path) {
        return new Linear(
                name, size(weights, stored(weights, path, "A"), 1), size(weights, stored(weights, path, "B"), 0));
    }

    /** As the file calls a matrix; as PEFT does today, if it has none. */
    private static String stored(SafeTensors weights, String path, String matrix) {
        var today = LoraAdapter.parameter(path, matrix);
        return weights.names().stream()
                .filter(name -> {
                    var parts = MATRIX.matcher(name);
                    return parts.matches()
                            && parts.group(1).equals(path)
                            && parts.group(2).endsWith(matrix);
                })
                .findFirst()
                .orElse(today);
    }

    private static int size(SafeTensors weights, String matrix, int dimension) {
        var shape = weights.info(matrix).shape();
        if (shape.dimension() != 2) {
            throw new KarutaException(
                    "Tensor " + matrix + " of " + weights.path() + " has shape " + shape + ", which is no matrix.",
                    "Adapters of linear layers can be used, not those of convolutions.");
        }
        return (int) shape.get(dimension);
    }

    private LoraLayer matrices(SafeTensors weights, String path, LoraConfig config, Linear linear) {
        var r = config.rankOf(path);
        return new LoraLayer(
                matrix(weights, stored(weights, path, "A"), r, linear.in()),
                matrix(weights, stored(weights, path, "B"), linear.out(), r),
                config.scaleOf(path));
    }

    private NDArray matrix(SafeTensors weights, String name, long... shape) {
        var found = weights.info(name).shape();
        if (!found.equals(new Shape(shape))) {
            throw new KarutaException(
                    "Tensor " + name + " of " + weights.path() + " has shape " + found + "; " + new Shape(shape)
                            + " is needed.",
                    "Give the adapter of this model, with its own adapter_config.json.");
        }
        return weights.readFinite(name, manager, DataType.FLOAT32);
    }
}
