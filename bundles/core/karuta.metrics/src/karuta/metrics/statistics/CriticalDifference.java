package karuta.metrics.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.FDistribution;
import org.apache.commons.statistics.ranking.NaturalRanking;

/**
 * Many methods on many blocks (data sets, tasks), by ranks: what a critical-difference diagram shows (Demsar, Journal of Machine
 * Learning Research 7, 2006).
 *
 * @param blocks {@code N}
 * @param ranks mean rank of each method, 1 for the best
 * @param friedman the test that not all are equal, corrected for ties, by chi squared (Friedman, JASA 32, 1937)
 * @param imanDavenport the same by F, which is less conservative (Iman and Davenport, Communications in Statistics 9, 1980)
 * @param difference {@code CD = q / sqrt(2) * sqrt(k (k + 1) / (6 N))}: mean ranks that are closer cannot be told apart at 5 %
 *     (Nemenyi, 1963)
 */
public record CriticalDifference(
        int blocks, List<Double> ranks, Outcome friedman, Outcome imanDavenport, double difference) {

    private static final double LEVEL = 0.95;

    /** Copies the list. */
    public CriticalDifference {
        ranks = List.copyOf(ranks);
    }

    /**
     * Ranks the methods block by block.
     *
     * @param figures a row per block, in each a figure per method; at least two of each
     * @param higherIsBetter whether the largest figure has rank 1
     */
    public static CriticalDifference of(List<List<Double>> figures, boolean higherIsBetter) {
        var n = figures.size();
        var k = figures.get(0).size();
        if (n < 2 || k < 2) {
            throw new IllegalArgumentException("ranks need two blocks and two methods, not " + n + " and " + k);
        }
        var ranked = figures.stream()
                .map(row -> new NaturalRanking()
                        .apply(row.stream()
                                .mapToDouble(figure -> higherIsBetter ? -figure : figure)
                                .toArray()))
                .toList();
        var ranks = IntStream.range(0, k)
                .mapToObj(method -> ranked.stream()
                        .mapToDouble(row -> row[method])
                        .average()
                        .orElseThrow())
                .toList();
        var statistic = friedman(ranked, ranks);
        var chi = Double.isNaN(statistic) ? 1 : ChiSquaredDistribution.of(k - 1).survivalProbability(statistic);
        return new CriticalDifference(
                n,
                ranks,
                new Outcome(statistic, chi),
                imanDavenport(statistic, n, k),
                StudentizedRange.quantile(LEVEL, k) / Math.sqrt(2) * error(n, k));
    }

    /** {@code (k-1) N^2 sum_i (R_i - m)^2 / sum_ij (r_ij - m)^2}, {@code m = (k+1)/2}; NaN if all are tied in every block. */
    private static double friedman(List<double[]> ranked, List<Double> ranks) {
        var n = ranked.size();
        var middle = (ranks.size() + 1) / 2.0;
        var between = ranks.stream()
                .mapToDouble(rank -> (rank - middle) * (rank - middle))
                .sum();
        var within = ranked.stream()
                .flatMapToDouble(Arrays::stream)
                .map(rank -> (rank - middle) * (rank - middle))
                .sum();
        return n * (double) n * (ranks.size() - 1) * between / within;
    }

    private static Outcome imanDavenport(double statistic, int n, int k) {
        if (Double.isNaN(statistic)) {
            return new Outcome(statistic, 1);
        }
        var left = n * (k - 1.0) - statistic;
        var f = (n - 1) * statistic / left;
        return left <= 0
                ? new Outcome(Double.POSITIVE_INFINITY, 0)
                : new Outcome(f, FDistribution.of(k - 1, (k - 1.0) * (n - 1)).survivalProbability(f));
    }

    private static double error(int n, int k) {
        return Math.sqrt(k * (k + 1) / (6.0 * n));
    }

    /** Nemenyi's p value of two methods. */
    public double nemenyi(int first, int second) {
        var q = Math.abs(ranks.get(first) - ranks.get(second)) / error(blocks, ranks.size()) * Math.sqrt(2);
        return 1 - StudentizedRange.cumulative(q, ranks.size());
    }

    /** The largest groups of methods that cannot be told apart, each by rank: the bars of the diagram. */
    public List<List<Integer>> groups() {
        var byRank = IntStream.range(0, ranks.size())
                .boxed()
                .sorted(Comparator.comparing(ranks::get))
                .toList();
        var groups = new ArrayList<List<Integer>>();
        var covered = 0;
        for (var from = 0; from < byRank.size(); from++) {
            var best = ranks.get(byRank.get(from));
            var to = (int) byRank.stream()
                    .filter(method -> ranks.get(method) - best <= difference)
                    .count();
            if (to > from + 1 && to > covered) {
                groups.add(byRank.subList(from, to));
            }
            covered = Math.max(covered, to);
        }
        return groups;
    }
}
