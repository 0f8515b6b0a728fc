package karuta.safetensors;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import java.util.TreeSet;
import karuta.api.KarutaException;

/** Weights that remember what was asked for, so that a tensor that the model does not know of is noticed. */
public final class ReadWeights extends WrappedWeights {

    private final Set<String> unread;

    /** @param weights what is read */
    public ReadWeights(Weights weights) {
        super(weights);
        this.unread = new TreeSet<>(weights.names());
    }

    @Override
    public NDArray get(String name, long... shape) {
        var array = weights.get(name, shape);
        unread.remove(name);
        return array;
    }

    /** The tensors that nobody asked for, sorted. */
    public Set<String> unread() {
        return new TreeSet<>(unread);
    }

    /** @throws KarutaException if nobody asked for some tensor */
    public void requireAllRead() {
        if (!unread.isEmpty()) {
            throw new KarutaException(
                    source() + " holds " + unread.size() + " tensors that this model has no place for: "
                            + String.join(", ", unread.stream().limit(5).toList())
                            + (unread.size() > 5 ? ", ..." : "."),
                    "Check that config.json and the weights belong together.");
        }
    }
}
