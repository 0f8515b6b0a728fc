package karuta.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs whose numbers can stand in one table, and the tables. */
public final class Comparison {

    private final Optional<String> apart;
    private final List<Result> results = new ArrayList<>();
    private final Neighbours neighbours = new Neighbours();
    private List<ArmResults> groups = List.of();

    private Comparison(Optional<String> apart) {
        this.apart = apart;
    }

    /**
     * Puts runs together that belong together: finished ones and the newest first, each to the first that it fits.
     *
     * @param leftOut gets a line for each run that is there a second time
     * @return those with the newest runs last
     */
    static List<Comparison> of(List<Result> results, List<String> leftOut) {
        var comparisons = new ArrayList<Comparison>();
        results.stream()
                .sorted(Comparator.comparing(Result::finished)
                        .thenComparing(result -> result.run().getStarted())
                        .reversed())
                .forEach(result -> place(result, comparisons).ifPresent(leftOut::add));
        comparisons.forEach(Comparison::settle);
        comparisons.sort(
                Comparator.comparing(comparison -> comparison.newest().run().getStarted()));
        return comparisons;
    }

    private static Optional<String> place(Result result, List<Comparison> comparisons) {
        var apart = Optional.<String>empty();
        for (var comparison : comparisons) {
            var conflict = comparison.neighbours.conflict(result);
            if (conflict.isEmpty()) {
                comparison.add(result);
                return Optional.empty();
            }
            if (conflict.get().sameRun()) {
                return Optional.of(conflict.get().why());
            }
            apart = apart.or(() -> Optional.of(conflict.get().why()));
        }
        var another = new Comparison(apart);
        another.add(result);
        comparisons.add(another);
        return Optional.empty();
    }

    /** Now all runs are there. */
    private void settle() {
        results.sort(StudyOrder.of(newest()).comparator());
        groups = ArmResults.of(results.stream().filter(Result::finished).toList());
    }

    private void add(Result result) {
        results.add(result);
        neighbours.add(result);
    }

    private Result newest() {
        return results.stream()
                .max(Comparator.comparing(result -> result.run().getStarted()))
                .orElseThrow();
    }

    /** In the order of the study's arms, and of its orders; at least one. */
    public List<Result> results() {
        return results;
    }

    /** The finished ones, by arm and order. */
    public List<ArmResults> groups() {
        return groups;
    }

    /** Why they are not in the table of newer ones. */
    public Optional<String> apart() {
        return apart;
    }

    /** The name of the study. */
    public String study() {
        return results.get(0).run().getStudy();
    }

    /** The tasks that are learned, in the order of the first run. */
    public List<String> tasks() {
        return results.get(0).run().getTasks();
    }

    /** What was asked of which models, a line each. */
    public List<String> origins() {
        var benchmark = "benchmark "
                + Compatibility.describe(results.get(0).run().getBenchmark()) + ", " + tasks().size() + " tasks";
        var models = results.stream().map(Comparison::origin).distinct();
        return Stream.concat(Stream.of(benchmark), models).toList();
    }

    /** Which models gave the answers, or where they were found. */
    private static String origin(Result result) {
        var run = result.run();
        return run.getImported() == null
                ? "backbone " + Compatibility.describe(run.getBackbone()) + ", encoder "
                        + Compatibility.describe(run.getEncoder())
                : result.arm() + ": imported from " + run.getImported();
    }

    /** Metrics over seeds and orders, of {@link #groups()}, of which there must be one. */
    public Block.Table summary(TableChoice choice) {
        return new MetricTables(choice).summary(groups());
    }

    /** What the arms differ in from the one that they are compared with, and whether that can be told from chance. */
    public List<Block> differences(TableChoice choice) {
        var tables = new MetricTables(choice);
        return Stream.of(
                        tables.differences(groups()).stream(),
                        tables.tests(groups()).stream(),
                        ranks().map(Ranks::table).stream())
                .<Block>flatMap(blocks -> blocks)
                .toList();
    }

    /** The methods ranked on every task; nothing with fewer than three of them. */
    public Optional<Ranks> ranks() {
        return groups().isEmpty() ? Optional.empty() : Ranks.of(groups());
    }

    /** What the metrics mean. */
    public Block.Lines definitions(TableChoice choice) {
        return new MetricTables(choice).definitions();
    }

    /** How much the order of tasks decides; nothing where there is one. */
    public List<Block> orders(TableChoice choice) {
        return new OrderTables(choice).of(groups());
    }

    /** Whether the tasks are too easy to tell apart, where a study has measured it. */
    public Optional<Block> separability() {
        return SeparabilityTable.of(results);
    }

    /** Whether the arms that choose cards chose right, and which cards they use at all. */
    public List<Block> selections() {
        return SelectionTable.of(groups());
    }

    /** What became of tasks that were never learned. */
    public Optional<Block> watched() {
        return WatchedTasks.table(groups());
    }

    /** What the arms cost that were run here. */
    public Optional<Block> costs() {
        var own = groups().stream().filter(group -> !group.imported()).toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(CostTable.of(own));
    }
}
