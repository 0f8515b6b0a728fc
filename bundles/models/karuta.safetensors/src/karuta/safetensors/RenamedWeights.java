package karuta.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import karuta.api.KarutaException;

/** @param stored the name in {@code weights} of each new name */
record RenamedWeights(Weights weights, Map<String, String> stored) implements Weights {

    static RenamedWeights of(Weights weights, Function<String, Optional<String>> names) {
        var stored = new TreeMap<String, String>();
        for (var name : weights.names()) {
            names.apply(name).ifPresent(renamed -> {
                var twin = stored.put(renamed, name);
                if (twin != null) {
                    throw new KarutaException(
                            "Tensors " + twin + " and " + name + " are both the model's " + renamed + ".",
                            "Remove one of them from the weights.");
                }
            });
        }
        return new RenamedWeights(weights, stored);
    }

    @Override
    public String source() {
        return weights.source();
    }

    @Override
    public Set<String> names() {
        return stored.keySet();
    }

    @Override
    public Shape shape(String name) {
        return weights.shape(original(name));
    }

    @Override
    public String checksum(String name) {
        return weights.checksum(original(name));
    }

    @Override
    public NDArray get(String name, long... shape) {
        return weights.get(original(name), shape);
    }

    private String original(String name) {
        return Optional.ofNullable(stored.get(name)).orElseThrow(() -> StoredWeights.missing(source(), name));
    }
}
