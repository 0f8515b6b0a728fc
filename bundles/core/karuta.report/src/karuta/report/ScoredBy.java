package karuta.report;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.study.Run;

/**
 * Which rule scored which task.
 *
 * @param tasks that were learned
 * @param watched that were evaluated only
 * @param scorers ids, for one after the other; empty in the records of older versions
 */
record ScoredBy(List<String> tasks, List<String> watched, List<String> scorers) {

    /** Copies the lists. */
    ScoredBy {
        tasks = List.copyOf(tasks);
        watched = List.copyOf(watched);
        scorers = List.copyOf(scorers);
    }

    static ScoredBy of(Result result) {
        var matrix = result.run().getMatrix();
        return new ScoredBy(matrix.getTasks(), matrix.getWatched(), matrix.getScorers());
    }

    /** Such as {@code [gem by exact, scienceqa by choice.coin]}, in the order of the names; empty if nobody says. */
    static String describe(Run run) {
        var matrix = run.getMatrix();
        if (matrix == null || matrix.getScorers().isEmpty()) {
            return "";
        }
        var tasks = Stream.concat(matrix.getTasks().stream(), matrix.getWatched().stream())
                .toList();
        return IntStream.range(0, tasks.size())
                .mapToObj(i -> tasks.get(i) + " by " + matrix.getScorers().get(i))
                .sorted()
                .toList()
                .toString();
    }

    /** Of the columns: the task, and below it the rule. */
    Stream<String> heads() {
        return IntStream.range(0, tasks.size() + watched.size()).mapToObj(i -> {
            var task = i < tasks.size() ? tasks.get(i) : watched.get(i - tasks.size()) + WatchedTasks.MARK;
            return scorers.isEmpty() ? task : task + "\n" + scorers.get(i);
        });
    }
}
