package karuta.metrics.statistics;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the variance of a figure comes from: arm, order of tasks, both together, seed. Components of the model {@code y = mu +
 * arm + order + arm x order + seed} with random effects, each cell with equally many seeds, estimated from mean squares (Searle,
 * Casella and McCulloch, Variance Components, 1992, chapter 4); what comes out negative is zero.
 *
 * @param arm {@code (MS_arm - MS_both) / (orders seeds)}
 * @param order {@code (MS_order - MS_both) / (arms seeds)}
 * @param both {@code (MS_both - MS_seed) / seeds}; with one seed {@code MS_both}, which has the seed's part in it
 * @param seed {@code MS_seed}, within the cells; nothing with one seed
 */
public record Components(double arm, double order, double both, OptionalDouble seed) {

    /**
     * Takes the figures apart.
     *
     * @param cells by arm, order and seed; two arms and two orders at least
     */
    public static Components of(List<List<List<Double>>> cells) {
        var a = cells.size();
        var o = cells.get(0).size();
        var n = cells.get(0).get(0).size();
        if (a < 2 || o < 2) {
            throw new IllegalArgumentException("components need two arms and two orders, not " + a + " and " + o);
        }
        var cell = cells.stream()
                .map(arm -> arm.stream().map(Components::mean).toList())
                .toList();
        var arms = cell.stream().map(Components::mean).toList();
        var orders = IntStream.range(0, o)
                .mapToObj(i -> mean(cell.stream().map(arm -> arm.get(i)).toList()))
                .toList();
        var all = mean(arms);
        var ofArm = squares(arms.stream(), all) * o * n / (a - 1);
        var ofOrder = squares(orders.stream(), all) * a * n / (o - 1);
        var ofBoth = n
                * squares(
                        IntStream.range(0, a)
                                .boxed()
                                .flatMap(i -> IntStream.range(0, o)
                                        .mapToObj(j -> cell.get(i).get(j) - arms.get(i) - orders.get(j))),
                        -all)
                / ((a - 1) * (o - 1));
        var ofSeed = IntStream.range(0, a)
                        .mapToDouble(i -> IntStream.range(0, o)
                                .mapToDouble(j -> squares(
                                        cells.get(i).get(j).stream(),
                                        cell.get(i).get(j)))
                                .sum())
                        .sum()
                / (a * o * Math.max(1, n - 1));
        return new Components(
                Math.max(0, ofArm - ofBoth) / (o * n),
                Math.max(0, ofOrder - ofBoth) / (a * n),
                n == 1 ? ofBoth : Math.max(0, ofBoth - ofSeed) / n,
                n == 1 ? OptionalDouble.empty() : OptionalDouble.of(ofSeed));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }

    private static double squares(Stream<Double> values, double from) {
        return values.mapToDouble(value -> (value - from) * (value - from)).sum();
    }

    /** All of it. */
    public double total() {
        return arm + order + both + seed.orElse(0);
    }

    /**
     * The share of the gap between two methods that the order explains: of the expected squared difference of two runs of one
     * order, {@code 2 (arm + both + seed)}, the part that would be another one in another order, {@code 2 both}. Nothing if
     * there is no gap.
     */
    public OptionalDouble orderInGap() {
        var gap = arm + both + seed.orElse(0);
        return gap == 0 ? OptionalDouble.empty() : OptionalDouble.of(both / gap);
    }
}
