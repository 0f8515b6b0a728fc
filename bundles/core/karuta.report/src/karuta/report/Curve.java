package karuta.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.metrics.AccuracyMatrix;
import karuta.metrics.MeanAndDeviation;
import karuta.metrics.Metric;

/**
 * How something goes on over the stages of an arm: mean and deviation over its runs.
 *
 * @param arm its label, with its marks
 * @param first the stage of the first point
 * @param points one per stage
 */
public record Curve(String arm, int first, List<MeanAndDeviation> points) {

    /** Copies the list. */
    public Curve {
        points = List.copyOf(points);
    }

    /**
     * The metric of the tasks learned so far, after every stage from {@code first} on, as if the run had ended there. Arms that
     * learn all tasks at once, and runs with cells that were not evaluated, have none.
     *
     * @param groups all orders of an arm become one curve
     */
    public static List<Curve> of(Metric metric, int first, List<ArmResults> groups) {
        return byArm(groups).entrySet().stream()
                .flatMap(arm -> over(
                        arm.getKey(),
                        first,
                        arm.getValue(),
                        stage -> matrix -> metric.of(upTo(matrix, stage)).orElse(Double.NaN))
                        .stream())
                .toList();
    }

    /** The score on one task after every stage, 0 being before training; for groups of one order. */
    public static List<Curve> ofTask(String task, List<ArmResults> groups) {
        return byArm(groups).entrySet().stream()
                .flatMap(arm -> over(
                        arm.getKey(),
                        0,
                        arm.getValue(),
                        stage -> matrix -> matrix.at(stage, 1 + matrix.tasks().indexOf(task)))
                        .stream())
                .toList();
    }

    /** What a point is, given the stage. */
    @FunctionalInterface
    private interface Point {

        ToDoubleFunction<AccuracyMatrix> at(int stage);
    }

    private static List<Curve> over(String arm, int first, List<AccuracyMatrix> matrices, Point point) {
        if (matrices.isEmpty() || matrices.get(0).size() < first) {
            return List.of();
        }
        var values = IntStream.rangeClosed(first, matrices.get(0).size())
                .mapToObj(stage -> matrices.stream()
                        .map(matrix -> point.at(stage).applyAsDouble(matrix))
                        .toList())
                .toList();
        return values.stream().flatMap(List::stream).anyMatch(value -> value.isNaN())
                ? List.of()
                : List.of(new Curve(
                        arm, first, values.stream().map(MeanAndDeviation::of).toList()));
    }

    private static Map<String, List<AccuracyMatrix>> byArm(List<ArmResults> groups) {
        return groups.stream()
                .collect(Collectors.groupingBy(
                        ArmResults::label,
                        LinkedHashMap::new,
                        Collectors.flatMapping(
                                group -> group.results().stream()
                                        .flatMap(result -> result.matrix().stream())
                                        .filter(AccuracyMatrix::sequential),
                                Collectors.toList())));
    }

    /** What the matrix would be if its run had ended after a stage. */
    private static AccuracyMatrix upTo(AccuracyMatrix matrix, int stage) {
        return AccuracyMatrix.sequential(
                matrix.tasks().subList(0, stage),
                matrix.rows().subList(0, stage + 1).stream()
                        .map(row -> row.scores().subList(0, stage))
                        .toList());
    }
}
