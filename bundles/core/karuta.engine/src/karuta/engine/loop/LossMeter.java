package karuta.engine.loop;

import java.util.LinkedHashMap;
import java.util.Map;

/** The mean of each loss term over the last tenth of a stage's steps, as far as these have the term. */
final class LossMeter {

    private record Sum(double value, int count) {

        Sum plus(Sum other) {
            return new Sum(value + other.value, count + other.count);
        }
    }

    private final int from;
    private final Map<String, Sum> sums = new LinkedHashMap<>();

    LossMeter(int steps) {
        from = steps - Math.max(1, steps / 10);
    }

    void add(int step, Map<String, Double> terms) {
        if (step >= from) {
            terms.forEach((name, value) -> sums.merge(name, new Sum(value, 1), Sum::plus));
        }
    }

    Map<String, Double> means() {
        var means = new LinkedHashMap<String, Double>();
        sums.forEach((name, sum) -> means.put(name, sum.value / sum.count));
        return means;
    }
}
