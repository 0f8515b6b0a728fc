package karuta.audit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.audit.Unknown.Cell;
import karuta.audit.Unknown.Peak;
import karuta.metrics.AccuracyMatrix;
import karuta.metrics.Metric;

/**
 * A weighted sum of unknowns.
 *
 * @param weights none is zero
 */
record Linear(Map<Unknown, Double> weights) {

    Linear {
        weights = Map.copyOf(weights);
    }

    static Linear of(Unknown unknown) {
        return new Linear(Map.of(unknown, 1.0));
    }

    /** A metric that is linear in the scores, by its values on matrices with a single 1. */
    static Linear of(Metric metric, int tasks) {
        var weights = new LinkedHashMap<Unknown, Double>();
        for (var stage = 0; stage <= tasks; stage++) {
            for (var task = 1; task <= tasks; task++) {
                var weight = metric.of(single(tasks, stage, task)).orElse(0);
                if (weight != 0) {
                    weights.put(new Cell(stage, task), weight);
                }
            }
        }
        return new Linear(weights);
    }

    private static AccuracyMatrix single(int tasks, int stage, int task) {
        var names = IntStream.rangeClosed(1, tasks).mapToObj(Integer::toString).toList();
        return AccuracyMatrix.sequential(
                names,
                IntStream.rangeClosed(0, tasks)
                        .mapToObj(i -> IntStream.rangeClosed(1, tasks)
                                .mapToObj(j -> i == stage && j == task ? 1.0 : 0.0)
                                .toList())
                        .toList());
    }

    /** The best score on a task up to a stage minus that after the last stage. */
    static Linear drop(int tasks, int task, int upTo) {
        var best = upTo <= task ? new Cell(task, task) : new Peak(task, upTo);
        return of(best).plus(of(new Cell(tasks, task)).times(-1));
    }

    static Linear mean(List<Linear> terms) {
        return terms.stream().reduce(new Linear(Map.of()), Linear::plus).times(1.0 / terms.size());
    }

    Linear plus(Linear other) {
        var sum = new HashMap<>(weights);
        other.weights.forEach((unknown, weight) -> sum.merge(unknown, weight, Double::sum));
        sum.values().removeIf(weight -> weight == 0);
        return new Linear(sum);
    }

    Linear times(double factor) {
        var scaled = new HashMap<Unknown, Double>();
        weights.forEach((unknown, weight) -> scaled.put(unknown, weight * factor));
        return new Linear(scaled);
    }
}
