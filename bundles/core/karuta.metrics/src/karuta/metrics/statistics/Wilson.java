package karuta.metrics.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Where a share lies of which some are known (Wilson, Journal of the American Statistical Association 22, 1927). */
public final class Wilson {

    private static final double Z = NormalDistribution.of(0, 1).inverseCumulativeProbability(0.975);

    private Wilson() {}

    /**
     * The score interval at 95 %: {@code (p + z^2/2n +- z sqrt(p (1 - p) / n + z^2/4n^2)) / (1 + z^2/n)}.
     *
     * @param share p, from 0 to 1
     * @param count n, of how many, at least one
     */
    public static Interval of(double share, int count) {
        var squared = Z * Z / count;
        var middle = share + squared / 2;
        var reach = Z * Math.sqrt(share * (1 - share) / count + squared / (4 * count));
        return new Interval(
                Math.max(0, (middle - reach) / (1 + squared)), Math.min(1, (middle + reach) / (1 + squared)));
    }
}
