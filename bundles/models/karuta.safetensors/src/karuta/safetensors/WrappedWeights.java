package karuta.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Set;

/** Other weights, with something done whenever one is asked for. */
public abstract class WrappedWeights implements Weights {

    /** What is read. */
    protected final Weights weights;

    /** @param weights what is read */
    protected WrappedWeights(Weights weights) {
        this.weights = weights;
    }

    @Override
    public final String source() {
        return weights.source();
    }

    @Override
    public final Set<String> names() {
        return weights.names();
    }

    @Override
    public final Shape shape(String name) {
        return weights.shape(name);
    }

    @Override
    public final String checksum(String name) {
        return weights.checksum(name);
    }

    @Override
    public abstract NDArray get(String name, long... shape);
}
