package karuta.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import karuta.metrics.MeanAndDeviation;
import karuta.metrics.Metric;
import karuta.metrics.statistics.Bootstrap;
import karuta.metrics.statistics.Differences;
import karuta.metrics.statistics.Interval;

/**
 * A figure of all runs of an arm that have it, or the differences of two arms where both have run.
 *
 * @param values in the order of the runs
 */
record Figures(Map<Cell, Double> values) {

    /** A run of an arm. */
    record Cell(String order, long seed) {}

    /** A metric of an arm whose runs are given by order. */
    static Figures of(List<ArmResults> arm, Metric metric, TableChoice choice) {
        var values = new LinkedHashMap<Cell, Double>();
        arm.stream()
                .flatMap(group -> group.results().stream())
                .forEach(result -> choice.value(metric, result)
                        .ifPresent(value -> values.put(
                                new Cell(result.run().getOrder(), result.run().getSeed()), value)));
        return new Figures(values);
    }

    /** Of the runs that both have. */
    Figures minus(Figures other) {
        var differences = new LinkedHashMap<Cell, Double>();
        values.forEach((cell, value) ->
                Optional.ofNullable(other.values.get(cell)).ifPresent(theirs -> differences.put(cell, value - theirs)));
        return new Figures(differences);
    }

    List<String> orders() {
        return values.keySet().stream().map(Cell::order).distinct().toList();
    }

    List<Long> seeds() {
        return values.keySet().stream().map(Cell::seed).distinct().toList();
    }

    /** Whether every seed has run in every order. */
    boolean crossed() {
        return values.size() == orders().size() * seeds().size();
    }

    /** A row per order, in each a figure per seed; only if {@link #crossed}. */
    List<List<Double>> grid() {
        return orders().stream()
                .map(order -> seeds().stream()
                        .map(seed -> values.get(new Cell(order, seed)))
                        .toList())
                .toList();
    }

    /** Over all runs; nothing if there is none. */
    Optional<MeanAndDeviation> spread() {
        return values.isEmpty() ? Optional.empty() : Optional.of(MeanAndDeviation.of(List.copyOf(values.values())));
    }

    /** The 95 % bootstrap interval of the mean, over seeds and orders where all have run. */
    Optional<Interval> interval() {
        return values.size() < 2
                ? Optional.empty()
                : Bootstrap.mean(crossed() ? grid() : List.of(List.copyOf(values.values())));
    }

    /** The mean of each order. */
    List<Double> byOrder() {
        return means(Cell::order);
    }

    /** Whether orders are what differences are counted by; of seeds and orders it is what there are more of. */
    boolean pairedByOrder() {
        return orders().size() > 1 && orders().size() >= seeds().size();
    }

    /**
     * What is tested: one difference per order, or per seed, each a mean over the other, since two runs of one order or one
     * seed are no two witnesses.
     */
    Differences pairs() {
        return new Differences(pairedByOrder() ? byOrder() : means(Cell::seed));
    }

    private <K> List<Double> means(Function<Cell, K> by) {
        var groups = new LinkedHashMap<K, List<Double>>();
        values.forEach((cell, value) ->
                groups.computeIfAbsent(by.apply(cell), key -> new ArrayList<>()).add(value));
        return groups.values().stream()
                .map(group -> MeanAndDeviation.of(group).mean())
                .toList();
    }
}
