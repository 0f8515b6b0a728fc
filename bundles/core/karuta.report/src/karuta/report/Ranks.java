package karuta.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.metrics.MeanAndDeviation;
import karuta.metrics.statistics.CriticalDifference;

/**
 * The methods ranked on every task by its final score, mean over runs: what a critical-difference diagram shows.
 *
 * @param arms labels
 * @param tasks the blocks that are ranked
 * @param found ranks and tests, in the order of the arms
 */
public record Ranks(List<String> arms, List<String> tasks, CriticalDifference found) {

    /** With two methods a paired test says more. */
    private static final int FEWEST_ARMS = 3;

    private static final int FEWEST_TASKS = 3;

    /** Beyond, nobody tells them apart, in the diagram or in truth. */
    private static final int MOST_ARMS = 40;

    /** Below, chi squared and F are rough (Demsar 2006, section 3.2.2). */
    private static final int ENOUGH_TASKS = 10;

    /** Copies the lists. */
    public Ranks {
        arms = List.copyOf(arms);
        tasks = List.copyOf(tasks);
    }

    /** Nothing with fewer than three methods or tasks, with more than forty methods, or if a score is missing. */
    static Optional<Ranks> of(List<ArmResults> groups) {
        var methods = Significance.arms(groups).stream()
                .filter(arm -> !arm.get(0).analysis())
                .toList();
        if (methods.size() < FEWEST_ARMS || methods.size() > MOST_ARMS) {
            return Optional.empty();
        }
        var tasks = groups.get(0).results().get(0).run().getTasks().stream()
                .distinct()
                .sorted()
                .toList();
        var scores = tasks.stream()
                .map(task -> methods.stream().map(arm -> last(arm, task)).toList())
                .toList();
        return tasks.size() < FEWEST_TASKS
                        || scores.stream().flatMap(List::stream).anyMatch(score -> score.isNaN())
                ? Optional.empty()
                : Optional.of(new Ranks(
                        methods.stream().map(arm -> arm.get(0).label()).toList(),
                        tasks,
                        CriticalDifference.of(scores, true)));
    }

    private static double last(List<ArmResults> arm, String task) {
        return MeanAndDeviation.of(arm.stream()
                        .flatMap(group -> group.results().stream())
                        .map(result -> result.matrix().orElseThrow())
                        .map(matrix -> matrix.at(
                                matrix.rows().size() - 1, 1 + matrix.tasks().indexOf(task)))
                        .toList())
                .mean();
    }

    /** Indices of the arms, the best rank first. */
    public List<Integer> order() {
        return IntStream.range(0, arms.size())
                .boxed()
                .sorted(Comparator.comparing(found.ranks()::get))
                .toList();
    }

    /** A row per method, the best first, with those that cannot be told apart from it. */
    Block.Table table() {
        var rows = order().stream()
                .map(arm -> List.of(arms.get(arm), Numbers.decimal(found.ranks().get(arm), 2), others(arm)))
                .toList();
        var notes = new ArrayList<>(
                List.of("Friedman: p " + Numbers.p(found.friedman().p())
                        + ", by F (Iman and Davenport): p "
                        + Numbers.p(found.imanDavenport().p())
                        + (found.imanDavenport().p() < 0.05
                                ? ""
                                : "; that any of them differ cannot be told, so the single differences mean nothing")));
        if (tasks.size() <= ENOUGH_TASKS) {
            notes.add(tasks.size()
                    + " tasks are few for ranks: only large differences can be told, and the p values are" + " rough");
        }
        notes.add("tasks that are learned one after the other do not vary on their own, as the tests suppose");
        return new Block.Table(
                "Mean rank over the final scores on " + tasks.size() + " tasks, 1 is best; by Nemenyi's test at 5 %"
                        + " ranks that are closer than " + Numbers.decimal(found.difference(), 2)
                        + " cannot be told apart",
                List.of("arm", "mean rank", "not told apart from"),
                rows,
                notes);
    }

    private String others(int arm) {
        var ranks = found.ranks();
        var close = order().stream()
                .filter(other -> other != arm && Math.abs(ranks.get(other) - ranks.get(arm)) <= found.difference())
                .map(arms::get)
                .toList();
        return close.isEmpty() ? "none" : close.size() == arms.size() - 1 ? "all" : String.join(", ", close);
    }
}
