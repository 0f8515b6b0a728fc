package karuta.engine.loop;

import java.util.LinkedHashMap;
import java.util.Map;

/** The mean of each loss term over the last tenth of a stage's steps. */
final class LossMeter {

    private final int from;
    private int count;
    private final Map<String, Double> sums = new LinkedHashMap<>();

    LossMeter(int steps) {
        from = steps - Math.max(1, steps / 10);
    }

    void add(int step, Map<String, Double> terms) {
        if (step >= from) {
            count++;
            terms.forEach((name, value) -> sums.merge(name, value, Double::sum));
        }
    }

    Map<String, Double> means() {
        var means = new LinkedHashMap<String, Double>();
        sums.forEach((name, sum) -> means.put(name, sum / count));
        return means;
    }
}
