package karuta.metrics.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's correction for many comparisons (Scandinavian Journal of Statistics 6, 1979). */
public final class Holm {

    private Holm() {}

    /**
     * The p values of one table such that one below 0.05 stands with an error of 5 % for the table as a whole: the {@code
     * i}-th smallest of {@code m} becomes {@code max_{j<=i} min(1, (m - j + 1) p_j)}.
     *
     * @return in the order in which they were given
     */
    public static List<Double> adjusted(List<Double> ps) {
        var order = IntStream.range(0, ps.size())
                .boxed()
                .sorted(Comparator.comparing(ps::get))
                .toList();
        var adjusted = new Double[ps.size()];
        var largest = 0.0;
        for (var i = 0; i < ps.size(); i++) {
            largest = Math.max(largest, Math.min(1, (ps.size() - i) * ps.get(order.get(i))));
            adjusted[order.get(i)] = largest;
        }
        return List.of(adjusted);
    }
}
