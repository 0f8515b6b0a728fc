package karuta.metrics.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * The percentile bootstrap of a mean (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). Figures over
 * seeds and orders are drawn by both, rows and columns each on their own (the pigeonhole bootstrap; Owen, Annals of Applied
 * Statistics 1, 2007), since two runs of one order, or of one seed, have something in common.
 *
 * <p>The draws are a function of their place: equal figures have an equal interval, bit for bit, everywhere. For few seeds the
 * interval is too narrow; with three, it is about the smallest and the largest of them.
 */
public final class Bootstrap {

    private static final int DRAWS = 10_000;
    private static final double CONFIDENCE = 0.95;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Bootstrap() {}

    /**
     * The 95 % interval of the mean.
     *
     * @param grid a row per order, in each a figure per seed; equally many in each
     * @return nothing for a single figure
     */
    public static Optional<Interval> mean(List<List<Double>> grid) {
        var rows = grid.size();
        var columns = grid.get(0).size();
        if (rows * columns < 2) {
            return Optional.empty();
        }
        var means = IntStream.range(0, DRAWS)
                .mapToDouble(draw -> {
                    var place = (long) draw * (rows + columns);
                    var rowOf = IntStream.range(0, rows)
                            .map(i -> below(rows, place + i))
                            .toArray();
                    var columnOf = IntStream.range(0, columns)
                            .map(i -> below(columns, place + rows + i))
                            .toArray();
                    return Arrays.stream(rowOf)
                                    .mapToDouble(row -> Arrays.stream(columnOf)
                                            .mapToDouble(column -> grid.get(row).get(column))
                                            .sum())
                                    .sum()
                            / (rows * columns);
                })
                .toArray();
        var bounds = Quantile.withDefaults()
                .with(Quantile.EstimationMethod.HF7) // as NumPy has it
                .evaluate(means, (1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2);
        return Optional.of(new Interval(bounds[0], bounds[1]));
    }

    /** The {@code i}-th of a stream of whole numbers, uniform in [0, bound): SplitMix64 (Steele et al., OOPSLA 2014) by counter. */
    private static int below(int bound, long i) {
        var z = (i + 1) * GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (int) ((z >>> 32) * bound >>> 32);
    }
}
