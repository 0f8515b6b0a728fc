package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import karuta.api.KarutaException;
import karuta.api.State;

/** A kept state that is taken up: array by array, each of a known shape, and nothing else. What does not fit is named. */
public final class KeptState {

    private final State state;
    private final String owner;
    private final String remedy;
    private final Map<String, NDArray> left;

    /**
     * Of which nothing has been taken.
     *
     * @param owner whose it is, for messages: {@code the baseline "lora"}
     * @param remedy what to do if it does not fit
     */
    public KeptState(State state, String owner, String remedy) {
        this.state = state;
        this.owner = owner;
        this.remedy = remedy;
        left = new HashMap<>(state.tensors());
    }

    /**
     * Options that must be as they were.
     *
     * @param own of this run, as they are kept in the metadata
     * @throws KarutaException naming the one that is another, or not kept
     */
    public void requireSame(Map<String, String> own) {
        new TreeMap<>(own).forEach((option, value) -> {
            var kept = Optional.ofNullable(state.metadata().get(option))
                    .orElseThrow(() -> unfit("has no metadata " + option));
            if (!kept.equals(value)) {
                throw unfit("was made with " + option + ": " + kept + ", and this run has " + option + ": " + value);
            }
        });
    }

    /**
     * An array, which lives as long as the state.
     *
     * @throws KarutaException if there is none of that shape, or it has been taken before
     */
    public NDArray take(String name, Shape shape) {
        return Optional.ofNullable(left.remove(name))
                .filter(tensor -> tensor.getShape().equals(shape))
                .orElseThrow(() -> unfit("has no " + name + " of shape " + shape));
    }

    /** @throws KarutaException if arrays are left: it was made for more than this run's */
    public void requireNothingLeft() {
        if (!left.isEmpty()) {
            throw unfit("holds more than this run's targets: " + left.keySet());
        }
    }

    /**
     * What to throw where it does not fit.
     *
     * @param what goes on after its name: {@code has no metadata rank}
     */
    public KarutaException unfit(String what) {
        return new KarutaException("The kept state of " + owner + " " + what + ".", remedy);
    }
}
