package karuta.report;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.metrics.MeanAndDeviation;
import karuta.study.Row;

/**
 * Tasks that were evaluated after every stage and never learned: what learning does to abilities that nobody trains.
 *
 * @param names of the tasks
 * @param runs of each run its rows; a number per task in each
 */
record WatchedTasks(List<String> names, List<List<List<Double>>> runs) {

    /** Behind the name of such a task. */
    static final String MARK = " (watched)";

    static WatchedTasks of(ArmResults group) {
        var matrices =
                group.results().stream().map(result -> result.run().getMatrix()).toList();
        var rows = matrices.stream()
                .map(matrix -> matrix.getRows().stream()
                        .map(Row::getWatched)
                        .map(List::<Double>copyOf)
                        .toList())
                .toList();
        return new WatchedTasks(List.copyOf(matrices.get(0).getWatched()), rows);
    }

    /** A row per arm: what each task scored before training and at the end, mean and deviation over seeds; nothing without such tasks. */
    static Optional<Block> table(List<ArmResults> groups) {
        var names = of(groups.get(0)).names;
        if (names.isEmpty()) {
            return Optional.empty();
        }
        var heads = Stream.concat(
                        Stream.of("arm", "order"),
                        names.stream()
                                .flatMap(name -> Stream.of(name + "\nbefore", name + "\nlast", name + "\nchange")))
                .toList();
        return Optional.of(new Block.Table(
                "Watched tasks, which are never learned: score in percent, mean ± standard deviation over seeds",
                heads,
                groups.stream().map(WatchedTasks::row).toList(),
                ArmResults.notes(groups)));
    }

    private static List<String> row(ArmResults group) {
        var watched = of(group);
        var cells = IntStream.range(0, watched.names.size())
                .boxed()
                .flatMap(task -> Stream.<ToDoubleFunction<List<List<Double>>>>of(
                                rows -> rows.get(0).get(task),
                                rows -> rows.get(rows.size() - 1).get(task),
                                rows -> rows.get(rows.size() - 1).get(task)
                                        - rows.get(0).get(task))
                        .map(watched::spread));
        return Stream.concat(Stream.of(group.label(), group.order()), cells).toList();
    }

    private String spread(ToDoubleFunction<List<List<Double>>> figure) {
        return Numbers.percent(
                MeanAndDeviation.of(runs.stream().map(figure::applyAsDouble).toList()));
    }

    /** The mean over runs, task by task, after a stage. */
    Stream<Double> at(int stage) {
        return IntStream.range(0, names.size())
                .mapToObj(task -> runs.stream()
                        .mapToDouble(rows -> rows.get(stage).get(task))
                        .average()
                        .orElseThrow());
    }
}
