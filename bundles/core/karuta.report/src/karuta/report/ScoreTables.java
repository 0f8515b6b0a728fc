package karuta.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.metrics.AccuracyMatrix;

/** What was scored: the matrices. */
final class ScoreTables {

    private ScoreTables() {}

    /** What the others are compared with: the first arm of an order that is a method, or else the first. */
    static ArmResults reference(List<ArmResults> groups, String order) {
        var same = groups.stream().filter(group -> group.order().equals(order)).toList();
        return same.stream().filter(group -> !group.analysis()).findFirst().orElse(same.get(0));
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
}
