package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import karuta.api.Insert.Delta;
import karuta.api.TokenContext;
import karuta.tensor.Tensors;

/**
 * The tokens of one sequence, for tests of deltas.
 *
 * @param manager of masks
 * @param kinds of the tokens, in their order
 * @param memory what was computed when the question was read
 * @param first whether the question is read now
 */
public record ToyTokens(NDManager manager, List<Kind> kinds, Map<List<Object>, NDArray> memory, boolean first)
        implements TokenContext {

    /** A sequence that is read at once. */
    public static ToyTokens of(NDManager manager, Kind... kinds) {
        return new ToyTokens(manager, List.of(kinds), new HashMap<>(), true);
    }

    @Override
    public NDArray mask(Kind... wanted) {
        var set = Set.of(wanted);
        var mask = new float[kinds.size()];
        for (var i = 0; i < mask.length; i++) {
            mask[i] = set.contains(kinds.get(i)) ? 1 : 0;
        }
        return Tensors.of(manager, mask, new Shape(1, mask.length));
    }

    /** The toy backbone reads the question anew for every token of the answer. */
    @Override
    public boolean decoding() {
        return false;
    }

    @Override
    public NDArray remember(String name, Supplier<NDArray> compute) {
        return remember(List.of(name), compute);
    }

    private NDArray remember(List<Object> key, Supplier<NDArray> compute) {
        if (first || !memory.containsKey(key)) {
            memory.put(key, compute.get());
        }
        return memory.get(key);
    }

    /** The same tokens for one delta of one layer, whose memory is its own. */
    TokenContext of(String linear, Delta delta) {
        return new TokenContext() {

            @Override
            public NDArray mask(Kind... wanted) {
                return ToyTokens.this.mask(wanted);
            }

            @Override
            public boolean decoding() {
                return ToyTokens.this.decoding();
            }

            @Override
            public NDArray remember(String name, Supplier<NDArray> compute) {
                return ToyTokens.this.remember(List.of(linear, new Same(delta), name), compute);
            }
        };
    }

    /** Equal only to what holds the very same object. */
    private record Same(Object object) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Same same && same.object == object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }
}
