package karuta.report.draw;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.metrics.AccuracyMatrix;
import karuta.metrics.Metric;
import karuta.report.ArmResults;
import karuta.report.Comparison;
import karuta.report.Curve;
import karuta.report.Ranks;
import karuta.report.Selections;

/** All figures of a comparison that has finished runs. */
public final class StudyFigures {

    private static final double WIDE = 720;
    private static final double HEIGHT = 300;
    private static final double PANEL = 232;
    private static final double PANEL_HEIGHT = 150;

    private final ShownArms shown;
    private final List<ArmResults> groups;
    private final Legend legend;
    private final Optional<Ranks> ranks;

    /** Reads nothing yet but what the comparison has read. */
    public StudyFigures(Comparison comparison) {
        shown = ShownArms.of(comparison.groups());
        groups = shown.groups();
        legend = Legend.of(groups);
        ranks = comparison.ranks();
    }

    /** What they do not show, in a sentence; nothing where they show all arms. */
    public Optional<String> leftOut() {
        return shown.note();
    }

    /** How arms look. */
    public Legend legend() {
        return legend;
    }

    /** The mean final score of every arm, with its single runs. */
    public Figure scores(double width) {
        return new ScoreDots(legend, width)
                .of("last", "Mean score over all tasks after the last stage, in percent", Metric.LAST, groups);
    }

    /** The critical-difference diagram of the methods; nothing where ranks say nothing. */
    public Optional<Figure> ranks(double width) {
        return ranks.map(found -> new RankDiagram(legend, width)
                .of("ranks", "Mean ranks over the final scores on all tasks, with the critical difference", found));
    }

    /** Mean score over the tasks learned so far; nothing where no arm learns task by task. */
    public Optional<Figure> accuracy(double width) {
        return curves(
                "accuracy",
                "Mean score over the tasks learned so far, after each stage, in percent",
                Metric.LAST,
                1,
                width);
    }

    /** Forgetting of the tasks learned so far; nothing where no arm learns task by task. */
    public Optional<Figure> forgetting(double width) {
        return curves(
                "forgetting",
                "Forgetting (" + Metric.FORGETTING.id() + ") of the tasks learned so far, after each stage, in points",
                Metric.FORGETTING,
                2,
                width);
    }

    private Optional<Figure> curves(String name, String title, Metric metric, int first, double width) {
        var curves = Curve.of(metric, first, groups);
        return curves.isEmpty()
                ? Optional.empty()
                : Optional.of(new CurveChart(legend, width, HEIGHT, width >= WIDE).of(name, title, curves, 0));
    }

    /** A small figure per task, in the order of the first arm: its score after every stage, and when it is learned. */
    public List<Figure> tasks() {
        var order = groups.get(0).order();
        var same = groups.stream().filter(group -> group.order().equals(order)).toList();
        var tasks = groups.get(0).results().get(0).run().getTasks();
        var chart = new CurveChart(legend, PANEL, PANEL_HEIGHT, false);
        return IntStream.range(0, tasks.size())
                .boxed()
                .flatMap(i -> {
                    var curves = Curve.ofTask(tasks.get(i), same);
                    return curves.isEmpty()
                            ? Stream.empty()
                            : Stream.of(chart.of("task-" + (i + 1) + "-" + tasks.get(i), tasks.get(i), curves, i + 1));
                })
                .toList();
    }

    /** The matrix of every arm and order, mean over its seeds: stages by tasks. */
    public List<HeatMap> matrices() {
        return groups.stream().map(StudyFigures::matrix).toList();
    }

    private static HeatMap matrix(ArmResults group) {
        var all = group.results().stream()
                .map(result -> result.matrix().orElseThrow())
                .toList();
        var first = all.get(0);
        return new HeatMap(
                "matrix-" + group.arm() + "-" + group.order(),
                title(group),
                title(group) + ": score after each stage, in percent",
                first.rows().stream().map(StudyFigures::stage).toList(),
                first.tasks(),
                table(first.rows().size(), first.size(), (i, j) -> mean(all, i, j + 1)));
    }

    private static String title(ArmResults group) {
        return group.label() + ", order " + group.order() + ", " + group.seeds();
    }

    private static String stage(AccuracyMatrix.Row row) {
        return row.trained().isEmpty() ? "before" : "after " + String.join(" + ", row.trained());
    }

    private static double mean(List<AccuracyMatrix> matrices, int stage, int task) {
        return matrices.stream()
                .mapToDouble(matrix -> matrix.at(stage, task))
                .average()
                .orElseThrow();
    }

    /** Of every arm that chooses cards: from which task's cards the best one of each task's samples was, after the last stage. */
    public List<HeatMap> selections() {
        var maps = new ArrayList<HeatMap>();
        for (var group : groups) {
            var selections = Selections.of(group);
            if (!selections.isEmpty()) {
                var tasks = List.copyOf(
                        new LinkedHashSet<>(group.results().get(0).run().getTasks()));
                maps.add(new HeatMap(
                        "selection-" + group.arm() + "-" + group.order(),
                        title(group),
                        title(group) + ": percent of a task's samples whose best card is that of a task",
                        tasks,
                        tasks,
                        table(tasks.size(), tasks.size(), (i, j) -> selections.best(tasks.get(i), tasks.get(j)))));
            }
        }
        return maps;
    }

    private static List<List<Double>> table(int rows, int columns, BiFunction<Integer, Integer, Double> cell) {
        return IntStream.range(0, rows)
                .mapToObj(i -> IntStream.range(0, columns)
                        .mapToObj(j -> cell.apply(i, j))
                        .toList())
                .toList();
    }

    /** All of them, as wide as a page. */
    List<Figure> all() {
        var figures = new ArrayList<Figure>();
        figures.add(scores(WIDE));
        ranks(WIDE).ifPresent(figures::add);
        accuracy(WIDE).ifPresent(figures::add);
        forgetting(WIDE).ifPresent(figures::add);
        figures.addAll(tasks());
        matrices().forEach(map -> figures.add(map.figure()));
        selections().forEach(map -> figures.add(map.figure()));
        return figures;
    }
}
