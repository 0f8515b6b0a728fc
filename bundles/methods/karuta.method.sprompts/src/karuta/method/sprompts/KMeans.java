package karuta.method.sprompts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import karuta.api.RandomStream;

/**
 * Cluster centres by k-means (Lloyd), started by k-means++ (Arthur, Vassilvitskii, SODA 2007): every centre is the mean of the points
 * that are nearest to it. The best of several starts counts.
 */
final class KMeans {

    private static final int STARTS = 10;
    private static final int MOST = 300;

    private final List<double[]> points;

    /** Points of one size. */
    KMeans(List<double[]> points) {
        this.points = List.copyOf(points);
    }

    /**
     * What a run ended with.
     *
     * @param centres where
     * @param spread sum of the squared distances of all points from their centres
     */
    record Clusters(List<double[]> centres, double spread) {}

    /**
     * Cluster centres; fewer where there are fewer different points.
     *
     * @param k how many
     * @param draws of the starts
     */
    List<double[]> centres(int k, RandomStream draws) {
        return IntStream.range(0, STARTS)
                .mapToObj(start -> moved(start(k, draws.fork(start))))
                .reduce((one, other) -> other.spread() < one.spread() ? other : one)
                .orElseThrow()
                .centres();
    }

    /** Far from those that are there already: by chance, in proportion to the squared distance. */
    private List<double[]> start(int k, RandomStream draws) {
        var chosen = new ArrayList<double[]>();
        chosen.add(points.get(draws.below(points.size(), 0)));
        while (chosen.size() < k) {
            var distances = points.stream()
                    .mapToDouble(point -> distance(point, chosen.get(nearest(chosen, point))))
                    .toArray();
            var sum = Arrays.stream(distances).sum();
            if (sum == 0) {
                return chosen;
            }
            var left = draws.uniform(chosen.size()) * sum;
            var place = 0;
            while (place < distances.length - 1 && (left -= distances[place]) >= 0) {
                place++;
            }
            chosen.add(points.get(place));
        }
        return chosen;
    }

    /** Moves centres to the means of their points until they stand. */
    Clusters moved(List<double[]> start) {
        var centres = start;
        for (var i = 0; i < MOST; i++) {
            var next = means(centres);
            if (IntStream.range(0, next.size()).allMatch(same(centres, next))) {
                break;
            }
            centres = next;
        }
        var last = centres;
        return new Clusters(
                last,
                points.stream()
                        .mapToDouble(point -> distance(point, last.get(nearest(last, point))))
                        .sum());
    }

    private static IntPredicate same(List<double[]> one, List<double[]> other) {
        return i -> Arrays.equals(one.get(i), other.get(i));
    }

    /** A centre without points stays where it is. */
    private List<double[]> means(List<double[]> centres) {
        var size = points.get(0).length;
        var sums = new double[centres.size()][size];
        var counts = new int[centres.size()];
        for (var point : points) {
            var cluster = nearest(centres, point);
            counts[cluster]++;
            for (var i = 0; i < size; i++) {
                sums[cluster][i] += point[i];
            }
        }
        return IntStream.range(0, sums.length)
                .mapToObj(cluster -> counts[cluster] == 0
                        ? centres.get(cluster)
                        : Arrays.stream(sums[cluster])
                                .map(sum -> sum / counts[cluster])
                                .toArray())
                .toList();
    }

    /** Of equals the first. */
    private static int nearest(List<double[]> centres, double[] point) {
        var best = 0;
        for (var i = 1; i < centres.size(); i++) {
            if (distance(point, centres.get(i)) < distance(point, centres.get(best))) {
                best = i;
            }
        }
        return best;
    }

    private static double distance(double[] one, double[] other) {
        var sum = 0.0;
        for (var i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return sum;
    }
}
