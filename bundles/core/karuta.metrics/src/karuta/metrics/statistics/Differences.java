package karuta.metrics.statistics;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.apache.commons.statistics.ranking.NaturalRanking;

/**
 * Differences of paired figures, one for each pair, such as those of two arms seed by seed.
 *
 * @param values rounded to 12 digits behind the point, so that what is equal but for the last bits counts as equal
 */
public record Differences(List<Double> values) {

    private static final double GRAIN = 1e12;

    /** Up to so many differences, all signs are gone through. */
    private static final int EXACT = 50;

    /** Copies and rounds. */
    public Differences {
        values = values.stream().map(value -> Math.rint(value * GRAIN) / GRAIN).toList();
    }

    /**
     * The differences {@code first - second}.
     *
     * @throws IllegalArgumentException if there is not one value of the second for each of the first
     */
    public static Differences of(List<Double> first, List<Double> second) {
        if (first.size() != second.size()) {
            throw new IllegalArgumentException(first.size() + " values cannot be paired with " + second.size());
        }
        return new Differences(IntStream.range(0, first.size())
                .mapToObj(i -> first.get(i) - second.get(i))
                .toList());
    }

    /** How many pairs. */
    public int count() {
        return values.size();
    }

    /**
     * Student's paired t test (Student, Biometrika 6, 1908); {@code t = mean / (deviation / sqrt(n))} with {@code n - 1}
     * degrees of freedom. Nothing for fewer than two pairs, and where all differences are the same: no spread, no test.
     */
    public Optional<Outcome> studentT() {
        if (values.stream().distinct().count() < 2) {
            return Optional.empty();
        }
        var result = TTest.withDefaults().test(array());
        return Optional.of(new Outcome(result.getStatistic(), result.getPValue()));
    }

    /**
     * Wilcoxon's signed rank test (Biometrics Bulletin 1, 1945). Differences of zero are left out, as Wilcoxon did, and equal
     * ones share their ranks. Exact for up to 50 differences, with ties too; beyond, by the normal distribution without
     * continuity correction. Nothing if all differences are zero.
     *
     * @return the smaller one of the two rank sums
     */
    public Optional<Outcome> signedRank() {
        var moved = values.stream()
                .mapToDouble(value -> value)
                .filter(value -> value != 0)
                .toArray();
        if (moved.length == 0) {
            return Optional.empty();
        }
        var ranks = new NaturalRanking().apply(absolute(moved));
        var positive = IntStream.range(0, moved.length)
                .filter(i -> moved[i] > 0)
                .mapToDouble(i -> ranks[i])
                .sum();
        var smaller = Math.min(positive, total(moved.length) - positive);
        var p = moved.length > EXACT
                ? WilcoxonSignedRankTest.withDefaults()
                        .with(ContinuityCorrection.DISABLED)
                        .test(moved)
                        .getPValue()
                : exact(ranks, smaller);
        return Optional.of(new Outcome(smaller, p));
    }

    /** The smallest p value that {@link #signedRank} can have for so many pairs without ties: all of one sign. */
    public static double smallestSignedRank(int pairs) {
        return Math.min(1, Math.scalb(1, 1 - pairs));
    }

    private double[] array() {
        return values.stream().mapToDouble(value -> value).toArray();
    }

    private static double[] absolute(double[] numbers) {
        var absolute = numbers.clone();
        for (var i = 0; i < absolute.length; i++) {
            absolute[i] = Math.abs(absolute[i]);
        }
        return absolute;
    }

    private static double total(int n) {
        return n * (n + 1) / 2.0;
    }

    /** Twice the share of all signs whose rank sum is at most as large; ranks may end in a half, so twice them are counted. */
    private static double exact(double[] ranks, double smaller) {
        var shares = new double[(int) (2 * total(ranks.length)) + 1];
        shares[0] = 1;
        for (var rank : ranks) {
            var step = (int) Math.rint(2 * rank);
            for (var sum = shares.length - 1; sum >= 0; sum--) {
                shares[sum] = (shares[sum] + (sum < step ? 0 : shares[sum - step])) / 2;
            }
        }
        var tail = IntStream.rangeClosed(0, (int) Math.rint(2 * smaller))
                .mapToDouble(sum -> shares[sum])
                .sum();
        return Math.min(1, 2 * tail);
    }
}
