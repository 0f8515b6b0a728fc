package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import karuta.api.Insert.Delta;
import karuta.api.RandomStream;
import karuta.api.TokenContext;

/**
 * A low-rank adapter of one linear layer, {@code scale B A x} (Hu et al.: LoRA, ICLR 2022).
 *
 * @param a {@code [r, in]}
 * @param b {@code [out, r]}
 * @param scale {@code alpha / r}
 * @param dropout probability with which a number of the input does not count; 0 at inference
 * @param seed of the dropout
 */
public record LoraLayer(NDArray a, NDArray b, double scale, double dropout, long seed) implements Delta {

    private static final String TEXT = """
        def wide(self, x: Tensor) -> Tensor:
          return torch.to(x, 6, False, False)
        def delta(self, x: Tensor, a: Tensor, b: Tensor) -> Tensor:
          return torch.linear(torch.linear(x, a) * @SCALE@, b)
        def weighted(self, x: Tensor, a: Tensor, b: Tensor, w: Tensor) -> Tensor:
          return torch.linear(torch.linear(x, a) * @SCALE@ * w, b)
        def add(self, y: Tensor, x: Tensor, a: Tensor, b: Tensor) -> Tensor:
          return torch.to(y + self.delta(self.wide(x), a, b), ops.prim.dtype(y), False, False)
        """;

    /** An adapter without dropout. */
    public LoraLayer(NDArray a, NDArray b, double scale) {
        this(a, b, scale, 0, 0);
    }

    /**
     * A new adapter, which adds nothing yet: A uniform in ±1 / sqrt(in), as PEFT draws it, and B zero. Both require
     * gradients.
     *
     * @param manager gets the arrays
     * @param rank {@code r}
     * @throws karuta.api.KarutaException if the machine has no room for it
     */
    public static LoraLayer fresh(NDManager manager, int in, int out, int rank, double scale, RandomStream draws) {
        Room.forLearned("an adapter of rank " + rank, (double) rank * (in + out));
        Room.forJava("an adapter of rank " + rank, (double) rank * in * Float.BYTES);
        NDArray a = Initial.uniform(manager, new Shape(rank, in), 1 / Math.sqrt(in), draws);
        NDArray b = manager.zeros(new Shape(out, rank));
        a.setRequiresGradient(true);
        b.setRequiresGradient(true);
        return new LoraLayer(a, b, scale);
    }

    /** The same adapter with dropout, for one training step. */
    public LoraLayer dropping(double probability, long stepSeed) {
        return new LoraLayer(a, b, scale, probability, stepSeed);
    }

    /** {@link #delta}: every token is treated alone. */
    @Override
    public NDArray apply(NDArray x, TokenContext tokens) {
        return delta(x);
    }

    /**
     * What the adapter adds to the layer's output.
     *
     * @param x {@code [..., in]}
     * @return {@code scale B A dropout(x)}, {@code [..., out]}
     */
    public NDArray delta(NDArray x) {
        return script().call("delta", Ops.dropout(x, dropout, seed), a, b);
    }

    /**
     * What the adapter adds to the layer's output, weighted where it is narrow.
     *
     * @param x {@code [batch, tokens, in]}
     * @param weights {@code [batch, 1, 1]}
     * @return {@code scale weights B A dropout(x)}, {@code [batch, tokens, out]}
     */
    public NDArray delta(NDArray x, NDArray weights) {
        return script().call("weighted", Ops.dropout(x, dropout, seed), a, b, weights);
    }

    /**
     * The layer's output with the adapter's part, added in float32 as PEFT does, without more memory than it takes.
     *
     * @param y the layer's output, {@code [batch, tokens, out]}
     * @param x the layer's input, {@code [batch, tokens, in]}
     * @return {@code y + scale B A dropout(x)}, in the type of {@code y}
     */
    public NDArray addTo(NDArray y, NDArray x) {
        if (dropout == 0) {
            return script().call("add", y, x, a, b);
        }
        try (NDArray wide = script().call("wide", x);
                NDArray thinned = Ops.dropout(wide, dropout, seed)) {
            return script().call("add", y, thinned, a, b);
        }
    }

    private Script script() {
        return Script.of(TEXT.replace("@SCALE@", Double.toString(scale)));
    }
}
