package karuta.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.metrics.AccuracyMatrix;
import karuta.metrics.MeanAndDeviation;
import karuta.metrics.Metric;
import karuta.metrics.PairedDifference;

/** What was scored: metrics over seeds, differences between arms, and the matrices themselves. */
final class ScoreTables {

    private ScoreTables() {}

    /** A row per arm: mean and deviation over seeds of the default metrics. */
    static Block.Table summary(List<ArmResults> groups) {
        var rows = groups.stream()
                .map(group -> row(group, metric -> spread(metric, group)))
                .toList();
        var notes = Stream.of(
                        ArmResults.notes(groups).stream(),
                        groups.stream().flatMap(group -> group.holes().stream()),
                        groups.stream().flatMap(group -> group.unchecked().stream()))
                .flatMap(each -> each)
                .toList();
        return new Block.Table("Results in percent, mean ± standard deviation over seeds", heads(), rows, notes);
    }

    /** What the metrics mean. */
    static Block.Lines definitions() {
        return new Block.Lines(Metric.defaults().stream()
                .map(m -> m.id() + " = " + m.formula() + (m.higherIsBetter() ? "" : ", lower is better") + "  ["
                        + m.source() + "]")
                .toList());
    }

    /** What the other arms differ in from the first one that is a method, per order; only where they share two seeds or more. */
    static List<Block> differences(List<ArmResults> groups) {
        var tables = new ArrayList<Block>();
        for (var order : groups.stream().map(ArmResults::order).distinct().toList()) {
            var same =
                    groups.stream().filter(group -> group.order().equals(order)).toList();
            var reference =
                    same.stream().filter(group -> !group.analysis()).findFirst().orElse(same.get(0));
            var others = same.stream()
                    .filter(group ->
                            group != reference && Pair.of(group, reference).size() > 1)
                    .toList();
            if (!others.isEmpty()) {
                var shown = Stream.concat(Stream.of(reference), others.stream()).toList();
                tables.add(new Block.Table(
                        "Difference to " + reference.label() + " in points, order " + order
                                + ", paired by seed: mean ± half the 95 % t-interval, * where it excludes 0",
                        heads(),
                        others.stream()
                                .map(group -> row(group, metric -> difference(metric, group, reference)))
                                .toList(),
                        ArmResults.notes(shown)));
            }
        }
        return tables;
    }

    /** The matrix of a group, mean over its seeds. */
    static Block.Table matrix(ArmResults group) {
        var title = group.label() + ", order " + group.order() + ": score after each stage in percent"
                + (group.results().size() > 1 ? ", mean over " : ", ") + group.seeds();
        return matrix(title, group);
    }

    /** The matrix of a run that did not finish. */
    static Optional<Block> unfinished(Result result) {
        var run = result.run();
        var group = new ArmResults(result.arm(), run.getOrder(), run.getArm().isAnalysis(), List.of(result));
        var title = group.label() + ", order " + group.order() + ", " + group.seeds() + ", not finished ("
                + run.getStatus() + "): score after each stage in percent";
        return result.matrix().map(matrix -> matrix(title, group));
    }

    private static Block.Table matrix(String title, ArmResults group) {
        var matrices = group.results().stream()
                .map(result -> result.matrix().orElseThrow())
                .toList();
        var first = matrices.get(0);
        var heads = Stream.concat(
                        Stream.of("stage"), ScoredBy.of(group.results().get(0)).heads())
                .toList();
        var rows = IntStream.range(0, first.rows().size())
                .mapToObj(stage -> {
                    var label = stage + " " + learned(first.rows().get(stage), first.size());
                    var scores = IntStream.rangeClosed(1, first.size())
                            .mapToDouble(task -> mean(matrices.stream().mapToDouble(m -> m.at(stage, task))))
                            .mapToObj(Numbers::percent);
                    var watched = WatchedTasks.of(group).at(stage).map(Numbers::percent);
                    return Stream.of(Stream.of(label), scores, watched)
                            .flatMap(cells -> cells)
                            .toList();
                })
                .toList();
        return new Block.Table(title, heads, rows, ArmResults.notes(List.of(group)));
    }

    private static String learned(AccuracyMatrix.Row row, int tasks) {
        if (row.trained().isEmpty()) {
            return "before training";
        }
        return row.trained().size() == tasks && tasks > 1 ? "all tasks" : String.join(" + ", row.trained());
    }

    private static double mean(DoubleStream values) {
        return values.average().orElseThrow();
    }

    private static List<String> heads() {
        return Stream.concat(
                        Stream.of("arm", "order", "runs"),
                        Metric.defaults().stream().map(metric -> metric.title() + "\n" + metric.id()))
                .toList();
    }

    private static List<String> row(ArmResults group, Function<Metric, String> cell) {
        var label = Stream.of(
                group.label(), group.order(), Integer.toString(group.results().size()));
        return Stream.concat(label, Metric.defaults().stream().map(cell)).toList();
    }

    private static String spread(Metric metric, ArmResults group) {
        var values = group.results().stream()
                .flatMap(result -> value(metric, result).stream())
                .toList();
        return values.isEmpty() ? Numbers.NONE : Numbers.percent(MeanAndDeviation.of(values));
    }

    private static String difference(Metric metric, ArmResults group, ArmResults reference) {
        var first = new ArrayList<Double>();
        var second = new ArrayList<Double>();
        for (var pair : Pair.of(group, reference)) {
            var a = value(metric, pair.first());
            var b = value(metric, pair.second());
            if (a.isPresent() && b.isPresent()) {
                first.add(a.get());
                second.add(b.get());
            }
        }
        return first.size() < 2 ? Numbers.NONE : Numbers.points(PairedDifference.of(first, second));
    }

    private static Optional<Double> value(Metric metric, Result result) {
        var value = metric.of(result.matrix().orElseThrow());
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
}
