package karuta.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a model, whose tensors all have names with the same beginning. */
record PrefixedWeights(Weights weights, String prefix) implements Weights {

    @Override
    public String source() {
        return weights.source();
    }

    @Override
    public Set<String> names() {
        return weights.names().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    @Override
    public boolean has(String name) {
        return weights.has(prefix + name);
    }

    @Override
    public Shape shape(String name) {
        return weights.shape(prefix + name);
    }

    @Override
    public String checksum(String name) {
        return weights.checksum(prefix + name);
    }

    @Override
    public NDArray get(String name, long... shape) {
        return weights.get(prefix + name, shape);
    }
}
