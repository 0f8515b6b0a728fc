package karuta.metrics;

import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How much two arms differ when each seed of the one is compared with the same seed of the other.
 *
 * @param count pairs
 * @param mean of the differences
 * @param margin half the width of the 95 % confidence interval of the mean, by Student's t; nothing for a single pair
 */
public record PairedDifference(int count, double mean, OptionalDouble margin) {

    private static final double CONFIDENCE = 0.95;

    /** @throws IllegalArgumentException if there is no difference */
    public static PairedDifference of(List<Double> differences) {
        var spread = MeanAndDeviation.of(differences);
        var margin = spread.deviation().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        TDistribution.of(spread.count() - 1.0).inverseCumulativeProbability((1 + CONFIDENCE) / 2)
                                * spread.deviation().getAsDouble()
                                / Math.sqrt(spread.count()));
        return new PairedDifference(spread.count(), spread.mean(), margin);
    }
}
