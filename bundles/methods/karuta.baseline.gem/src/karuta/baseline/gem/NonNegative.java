package karuta.baseline.gem;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The least of {@code 1/2 u^T P u + q^T u} over {@code u >= 0}, P positive semidefinite and q in its range: exactly, by active
 * sets (Lawson, Hanson: Solving Least Squares Problems, 1974, algorithm NNLS). For as many unknowns as there are tasks.
 */
final class NonNegative {

    private static final double ROUNDING = 1e-10;

    private final double[][] p;
    private final double[] q;
    private final double[] u;
    private final boolean[] free;

    private NonNegative(double[][] p, double[] q) {
        this.p = p;
        this.q = q;
        u = new double[q.length];
        free = new boolean[q.length];
    }

    /**
     * @param p {@code [n][n]}, symmetric
     * @param q {@code [n]}
     * @return u
     */
    static double[] solve(double[][] p, double[] q) {
        var problem = new NonNegative(p, q);
        var largest = IntStream.range(0, q.length)
                .mapToDouble(i -> Math.max(Math.abs(q[i]), p[i][i]))
                .max()
                .orElse(0);
        // every round makes the value smaller, and there are finitely many sets; the bound is for rounding alone
        for (var round = 0; round < 10 * q.length; round++) {
            var steepest = problem.steepest();
            if (steepest < 0 || problem.slope(steepest) >= -ROUNDING * largest) {
                break;
            }
            problem.release(steepest);
        }
        return problem.u;
    }

    /** The bound unknown along which the value falls most, or -1. */
    private int steepest() {
        return IntStream.range(0, u.length)
                .filter(i -> !free[i])
                .boxed()
                .min((i, j) -> Double.compare(slope(i), slope(j)))
                .orElse(-1);
    }

    private double slope(int i) {
        return q[i]
                + IntStream.range(0, u.length).mapToDouble(j -> p[i][j] * u[j]).sum();
    }

    /** Frees one unknown, goes to where the value is least for the free ones, and binds those that would fall below zero. */
    private void release(int place) {
        free[place] = true;
        while (true) {
            var among = free();
            var least = least(among);
            if (DoubleStream.of(least).allMatch(value -> value > 0)) {
                for (var i = 0; i < among.length; i++) {
                    u[among[i]] = least[i];
                }
                return;
            }
            towards(among, least);
        }
    }

    private int[] free() {
        return IntStream.range(0, u.length).filter(i -> free[i]).toArray();
    }

    /** Goes towards it until one of those that would fall below zero gets there, and binds it. */
    private void towards(int[] among, double[] least) {
        var first = IntStream.range(0, among.length)
                .filter(i -> !(least[i] > 0))
                .boxed()
                .min((i, j) -> Double.compare(share(among, least, i), share(among, least, j)))
                .orElseThrow();
        var share = share(among, least, first);
        for (var i = 0; i < among.length; i++) {
            u[among[i]] += share * (least[i] - u[among[i]]);
        }
        u[among[first]] = 0;
        free[among[first]] = false;
    }

    /** How much of the way one may go until it is zero. */
    private double share(int[] among, double[] least, int i) {
        var now = u[among[i]];
        return now == 0 ? 0 : now / (now - least[i]);
    }

    /** Where the value is least if all free ones may be anything: Gaussian elimination with the largest pivot. */
    private double[] least(int[] among) {
        var n = among.length;
        var rows = new double[n][n + 1];
        for (var i = 0; i < n; i++) {
            for (var j = 0; j < n; j++) {
                rows[i][j] = p[among[i]][among[j]];
            }
            rows[i][n] = -q[among[i]];
        }
        for (var column = 0; column < n; column++) {
            var from = column;
            var pivot = IntStream.range(from, n)
                    .boxed()
                    .max((i, j) -> Double.compare(Math.abs(rows[i][from]), Math.abs(rows[j][from])))
                    .orElseThrow();
            var row = rows[pivot];
            rows[pivot] = rows[column];
            rows[column] = row;
            for (var other = 0; other < n; other++) {
                if (other != column) {
                    var factor = rows[other][column] / row[column];
                    for (var j = column; j <= n; j++) {
                        rows[other][j] -= factor * row[j];
                    }
                }
            }
        }
        return IntStream.range(0, n).mapToDouble(i -> rows[i][n] / rows[i][i]).toArray();
    }
}
