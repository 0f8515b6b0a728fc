package karuta.method.moelora;

import ai.djl.ndarray.NDArray;
import karuta.api.Insert.Delta;
import karuta.api.TokenContext;
import karuta.tensor.Ops;
import karuta.tensor.Script;

/**
 * The experts of one linear layer and their router.
 *
 * @param router {@code [E, in]}
 * @param a those of all experts one above the other, {@code [E r, in]}
 * @param b those of all experts side by side, {@code [out, E r]}
 * @param scale of the output
 * @param dropout probability with which a number of the experts' input does not count; the router sees all
 * @param seed of the dropout
 */
record Experts(NDArray router, NDArray a, NDArray b, double scale, double dropout, long seed) implements Delta {

    private static final String TEXT = """
        def mixture(self, x: Tensor, thinned: Tensor, router: Tensor, a: Tensor, b: Tensor) -> Tensor:
          gates = torch.softmax(torch.linear(x, router), -1)
          low = torch.linear(thinned, a) * torch.repeat_interleave(gates, @RANK@, -1)
          return torch.linear(low * @SCALE@, b)
        """;

    /** The same experts with dropout, for one training step. */
    Experts dropping(double probability, long stepSeed) {
        return new Experts(router, a, b, scale, probability, stepSeed);
    }

    /** {@code scale sum_e softmax(G x)_e B_e A_e x} for each token alone. */
    @Override
    public NDArray apply(NDArray x, TokenContext tokens) {
        var rank = a.getShape().get(0) / router.getShape().get(0);
        return Script.of(TEXT.replace("@RANK@", Long.toString(rank)).replace("@SCALE@", Double.toString(scale)))
                .call("mixture", x, Ops.dropout(x, dropout, seed), router, a, b);
    }
}
