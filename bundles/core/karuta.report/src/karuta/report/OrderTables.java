package karuta.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.metrics.Metric;
import karuta.metrics.statistics.Components;

/**
 * Whether the order of the tasks decides what is found.
 *
 * @param choice which metrics
 */
record OrderTables(TableChoice choice) {

    /** How far orders are apart, and which part of the variance is theirs; nothing where there is one order. */
    List<Block> of(List<ArmResults> groups) {
        var orders = groups.stream().map(ArmResults::order).distinct().count();
        if (orders < 2) {
            return List.of();
        }
        var components = components(groups);
        return Stream.of(
                        Optional.of(spread(groups, orders)),
                        Optional.of(components)
                                .filter(found -> !found.isEmpty())
                                .map(OrderTables::shares))
                .flatMap(Optional::stream)
                .toList();
    }

    private Block spread(List<ArmResults> groups, long orders) {
        var heads = Stream.concat(
                        Stream.of("arm", "orders"),
                        choice.metrics().stream().map(metric -> metric.title() + "\n" + metric.id()))
                .toList();
        var rows = Significance.arms(groups).stream()
                .map(arm -> Stream.concat(
                                Stream.of(arm.get(0).label(), Integer.toString(arm.size())),
                                choice.metrics().stream().map(metric -> range(Figures.of(arm, metric, choice))))
                        .toList())
                .toList();
        return new Block.Table(
                "Does the order decide? Percent, from the worst to the best of " + orders + " orders, means over seeds",
                heads,
                rows,
                ArmResults.notes(groups));
    }

    private static String range(Figures figures) {
        var means = figures.byOrder().stream().sorted().toList();
        return means.size() < 2
                ? Numbers.NONE
                : Numbers.percent(means.get(0)) + " .. " + Numbers.percent(means.get(means.size() - 1));
    }

    /** Of each metric that two methods or more have for all orders and seeds. */
    Map<Metric, Components> components(List<ArmResults> groups) {
        var components = new LinkedHashMap<Metric, Components>();
        for (var metric : choice.metrics()) {
            var all = Significance.arms(groups).stream()
                    .filter(arm -> !arm.get(0).analysis())
                    .map(arm -> Figures.of(arm, metric, choice))
                    .filter(figures -> figures.orders().size() > 1 && figures.crossed())
                    .toList();
            var grids = all.stream()
                    .filter(figures ->
                            figures.values().keySet().equals(all.get(0).values().keySet()))
                    .map(Figures::grid)
                    .toList();
            if (grids.size() > 1) {
                components.put(metric, Components.of(grids));
            }
        }
        return components;
    }

    private static Block shares(Map<Metric, Components> components) {
        var rows = new ArrayList<List<String>>();
        components.forEach((metric, found) -> rows.add(List.of(
                metric.id(),
                share(found.arm(), found.total()),
                share(found.order(), found.total()),
                share(found.both(), found.total()),
                found.seed().isPresent() ? share(found.seed().getAsDouble(), found.total()) : Numbers.NONE,
                found.orderInGap().isPresent()
                        ? Numbers.percent(found.orderInGap().getAsDouble())
                        : Numbers.NONE)));
        var oneSeed =
                components.values().stream().allMatch(found -> found.seed().isEmpty());
        return new Block.Table(
                "Where the variance comes from, in percent; last, how much of the gap between two methods in one order is"
                        + " the order's",
                List.of("metric", "arm", "order", "arm × order", "seed", "of the gap"),
                rows,
                oneSeed ? List.of("one seed: what seeds do is in arm × order, and in the gap") : List.of());
    }

    private static String share(double part, double total) {
        return total == 0 ? Numbers.NONE : Numbers.percent(part / total);
    }
}
