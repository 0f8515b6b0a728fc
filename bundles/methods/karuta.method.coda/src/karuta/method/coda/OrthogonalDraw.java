package karuta.method.coda;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.RandomStream;

/**
 * Random vectors of length 1 that are orthogonal to given ones and to each other, by Gram and Schmidt, as long as the space has room;
 * the further ones are random vectors of length 1.
 */
final class OrthogonalDraw {

    /** Below this share of its length, what is left of a vector is rounding. */
    private static final double ROOM = 1e-6;

    private OrthogonalDraw() {}

    /**
     * Draws vectors.
     *
     * @param old what they shall be orthogonal to, whatever their lengths and angles
     * @param n how many
     * @param size of each
     * @param draws give the i-th vector by their i-th fork
     */
    static List<double[]> of(List<float[]> old, int n, int size, RandomStream draws) {
        var basis = new ArrayList<double[]>();
        for (var vector : old) {
            var numbers = IntStream.range(0, size).mapToDouble(i -> vector[i]).toArray();
            var rest = without(basis, numbers);
            if (norm(rest) > ROOM * norm(numbers)) {
                basis.add(unit(rest));
            }
        }
        var drawn = new ArrayList<double[]>();
        for (var i = 0; i < n; i++) {
            var own = draws.fork(i);
            var numbers = IntStream.range(0, size).mapToDouble(own::normal).toArray();
            var rest = without(basis, numbers);
            if (norm(rest) > ROOM * norm(numbers)) {
                basis.add(unit(rest));
                drawn.add(unit(rest));
            } else {
                drawn.add(unit(numbers));
            }
        }
        return drawn;
    }

    /** Twice, as once leaves the rounding of what was taken away. */
    private static double[] without(List<double[]> basis, double[] vector) {
        var rest = vector.clone();
        for (var pass = 0; pass < 2; pass++) {
            for (var direction : basis) {
                var share = dot(rest, direction);
                for (var i = 0; i < rest.length; i++) {
                    rest[i] -= share * direction[i];
                }
            }
        }
        return rest;
    }

    private static double[] unit(double[] vector) {
        var norm = norm(vector);
        return IntStream.range(0, vector.length)
                .mapToDouble(i -> vector[i] / norm)
                .toArray();
    }

    private static double norm(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    private static double dot(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .sum();
    }
}
