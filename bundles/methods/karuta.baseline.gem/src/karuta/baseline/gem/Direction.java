package karuta.baseline.gem;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import karuta.tensor.Ops;
import karuta.tensor.Script;

/**
 * A gradient by all parameters, as one vector.
 *
 * @param parts of each parameter, of its shape
 */
record Direction(List<NDArray> parts) {

    private static final Script SCRIPT = Script.of("""
        def dot(self, a: Tensor, b: Tensor) -> Tensor:
          return torch.sum(torch.to(a, 7, False, False) * torch.to(b, 7, False, False))
        """);

    /** Copies the list. */
    Direction {
        parts = List.copyOf(parts);
    }

    /** The inner product, summed in float64. */
    double dot(Direction other) {
        var sum = 0.0;
        for (var i = 0; i < parts.size(); i++) {
            try (NDArray product = SCRIPT.call("dot", parts.get(i), other.parts.get(i))) {
                sum += product.getDouble();
            }
        }
        return sum;
    }

    /** This one and so much of another one. */
    Direction plus(double share, Direction other) {
        var sums = new ArrayList<NDArray>();
        for (var i = 0; i < parts.size(); i++) {
            sums.add(parts.get(i).add(Ops.scale(other.parts.get(i), share)));
        }
        return new Direction(sums);
    }

    Direction times(double factor) {
        return new Direction(parts.stream().map(part -> Ops.scale(part, factor)).toList());
    }

    /** A-GEM, equation 11: without what goes against a reference, if anything does. */
    Direction notAgainst(Direction reference) {
        var against = dot(reference);
        return against < 0 ? plus(-against / reference.dot(reference), reference) : this;
    }

    /**
     * GEM, equations 9 to 11: the nearest vector that goes against none of some references, if this one does.
     *
     * @param margin gamma, how much of each reference is added at least
     * @param bound whether it is so by the condition v >= gamma, as in the code, or added to v, as in the paper
     */
    Direction notAgainst(List<Direction> references, double margin, boolean bound) {
        var q = references.stream().mapToDouble(this::dot).toArray();
        if (DoubleStream.of(q).noneMatch(against -> against < 0)) {
            return this;
        }
        var p = references.stream()
                .map(one -> references.stream().mapToDouble(one::dot).toArray())
                .toArray(double[][]::new);
        if (!(DoubleStream.concat(DoubleStream.of(q), Arrays.stream(p).flatMapToDouble(DoubleStream::of)))
                .allMatch(Double::isFinite)) {
            return times(Double.NaN); // training has diverged, and the trainer says so
        }
        var shares = NonNegative.solve(p, bound ? shifted(p, q, margin) : q);
        var result = this;
        for (var k = 0; k < shares.length; k++) {
            result = result.plus(shares[k] + margin, references.get(k));
        }
        return result;
    }

    /** With v = u + margin the condition is u >= 0, and the linear part is q + P margin. */
    private static double[] shifted(double[][] p, double[] q, double margin) {
        return IntStream.range(0, q.length)
                .mapToDouble(k -> q[k] + margin * DoubleStream.of(p[k]).sum())
                .toArray();
    }
}
