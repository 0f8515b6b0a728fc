package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import karuta.api.Insert.Delta;
import karuta.api.TokenContext;
import karuta.api.TokenContext.Kind;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/**
 * What the tokens of a pass are, row by row, and what deltas remember of the rows. Masks are made when a delta asks for
 * them, and once for all layers of the pass. It belongs to one pass and one thread.
 */
public final class TokenRows {

    /** Of a pass whose adapters do not ask. */
    public static final TokenRows UNKNOWN = new TokenRows(List.of(), false, Collections.emptyMap());

    private final List<Kind[]> kinds;
    private final boolean decoding;
    private final Map<Remembered, NDArray> memory;
    private final Map<Mask, NDArray> masks = new HashMap<>();
    private final List<NDArray> made = new ArrayList<>();

    private TokenRows(List<Kind[]> kinds, boolean decoding, Map<Remembered, NDArray> memory) {
        this.kinds = kinds;
        this.decoding = decoding;
        this.memory = memory;
    }

    /**
     * Rows that are read at once, with nothing to remember yet.
     *
     * @param kinds of each row's tokens; what follows them is padding
     */
    public static TokenRows of(List<Kind[]> kinds) {
        return new TokenRows(kinds, false, new HashMap<>());
    }

    /** Rows of visual tokens alone. */
    public static TokenRows ofImages(int images, int tokens) {
        var image = new Kind[tokens];
        Arrays.fill(image, Kind.IMAGE);
        return of(Collections.nCopies(images, image));
    }

    /**
     * The next token of the same rows.
     *
     * @param ended the rows whose answer has ended: what they go on with is nothing
     */
    TokenRows next(boolean[] ended) {
        var next = IntStream.range(0, ended.length)
                .mapToObj(row -> new Kind[] {ended[row] ? Kind.PADDING : Kind.ANSWER})
                .toList();
        return new TokenRows(next, true, memory);
    }

    /** Tokens of each row that is read at once; none if that is not known, or done. */
    int[] lengths() {
        return decoding
                ? new int[0]
                : kinds.stream().mapToInt(row -> row.length).toArray();
    }

    /** What deltas remember, to be kept when the scope of a pass ends. */
    Collection<NDArray> remembered() {
        return memory.values();
    }

    /**
     * Applies a delta to some rows.
     *
     * @param linear the layer's name
     * @param rows which rows they are
     * @param x the rows of the layer's input, {@code [rows, tokens, in]}
     */
    public NDArray apply(Delta delta, String linear, List<Integer> rows, NDArray x) {
        try {
            return delta.apply(x, new Rows(delta, linear, rows, x.getManager(), (int)
                    x.getShape().get(1)));
        } finally {
            made.forEach(NDScope::register); // the delta may have asked within a scope of its own
            made.clear();
        }
    }

    private NDArray shared(NDArray array) {
        NDScope.unregister(array);
        made.add(array);
        return array;
    }

    private record Mask(List<Integer> rows, Set<Kind> kinds) {}

    /** What a name means: something of one delta at one layer. Deltas are told apart by which object they are. */
    private record Remembered(String linear, Delta delta, String name) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Remembered same
                    && same.delta == delta
                    && same.linear.equals(linear)
                    && same.name.equals(name);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * System.identityHashCode(delta) + linear.hashCode()) + name.hashCode();
        }
    }

    /** Some rows, as a delta of them is told. */
    private final class Rows implements TokenContext {

        private final Delta delta;
        private final String linear;
        private final List<Integer> rows;
        private final NDManager manager;
        private final int width;

        Rows(Delta delta, String linear, List<Integer> rows, NDManager manager, int width) {
            this.delta = delta;
            this.linear = linear;
            this.rows = rows;
            this.manager = manager;
            this.width = width;
        }

        @Override
        public NDArray mask(Kind... wanted) {
            var set = EnumSet.noneOf(Kind.class);
            Collections.addAll(set, wanted);
            return masks.computeIfAbsent(new Mask(rows, set), mask -> shared(make(set)));
        }

        private NDArray make(Set<Kind> wanted) {
            var mask = new float[rows.size() * width];
            for (var row = 0; row < rows.size(); row++) {
                var own = kinds.get(rows.get(row));
                for (var token = 0; token < width; token++) {
                    var kind = token < own.length ? own[token] : Kind.PADDING;
                    mask[row * width + token] = wanted.contains(kind) ? 1 : 0;
                }
            }
            return Tensors.of(manager, mask, new Shape(rows.size(), width));
        }

        @Override
        public boolean decoding() {
            return decoding;
        }

        /** It is copied, since it is freed with the batch, and what was computed may be an array that lives on. */
        @Override
        public NDArray remember(String name, Supplier<NDArray> compute) {
            var key = new Remembered(linear, delta, name);
            if (!memory.containsKey(key)) {
                var computed = compute.get();
                memory.put(key, shared(Ops.copy(computed)));
            }
            return memory.get(key);
        }
    }
}
