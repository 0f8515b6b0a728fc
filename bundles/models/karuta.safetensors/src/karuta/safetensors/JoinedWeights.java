package karuta.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import java.util.TreeSet;
import karuta.api.KarutaException;

/** Two models' weights side by side. */
record JoinedWeights(Weights first, Weights second) implements Weights {

    JoinedWeights {
        for (var name : second.names()) {
            if (first.has(name)) {
                throw new KarutaException(
                        "Both " + first.source() + " and " + second.source() + " hold " + name + ".",
                        "Remove it from one of them.");
            }
        }
    }

    @Override
    public String source() {
        return first.source() + " and " + second.source();
    }

    @Override
    public Set<String> names() {
        var names = new TreeSet<>(first.names());
        names.addAll(second.names());
        return names;
    }

    @Override
    public boolean has(String name) {
        return first.has(name) || second.has(name);
    }

    @Override
    public Shape shape(String name) {
        return holder(name).shape(name);
    }

    @Override
    public String checksum(String name) {
        return holder(name).checksum(name);
    }

    @Override
    public NDArray get(String name, long... shape) {
        return holder(name).get(name, shape);
    }

    private Weights holder(String name) {
        if (first.has(name)) {
            return first;
        }
        if (second.has(name)) {
            return second;
        }
        throw StoredWeights.missing(source(), name);
    }
}
