package karuta.metrics.statistics;

import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** The distribution of the range of {@code k} standard normal numbers: the studentized range with infinite degrees of freedom. */
final class StudentizedRange {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** The integrand is smooth and gone beyond nine, so that the trapezoidal rule is exact to the last bits. */
    private static final int END = 9;

    private static final int STEPS = 64;

    private StudentizedRange() {}

    /** {@code k} integral of {@code phi(z) (Phi(z) - Phi(z - q))^(k-1)}. */
    static double cumulative(double q, int k) {
        var sum = IntStream.rangeClosed(-END * STEPS, END * STEPS)
                .mapToDouble(i -> {
                    var z = (double) i / STEPS;
                    return NORMAL.density(z) * Math.pow(NORMAL.probability(z - q, z), k - 1);
                })
                .sum();
        return Math.min(1, k * sum / STEPS);
    }

    /** The range below which a share {@code p} lies. */
    static double quantile(double p, int k) {
        var low = 0.0;
        var high = 1.0;
        while (cumulative(high, k) < p) {
            high *= 2;
        }
        for (var middle = high / 2; low < middle && middle < high; middle = (low + high) / 2) {
            if (cumulative(middle, k) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
