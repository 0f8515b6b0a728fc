package karuta.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.study.TaskFree;

/**
 * The finished runs of one arm in one task order, which differ in nothing but the seed.
 *
 * @param arm its name
 * @param order its name
 * @param analysis whether its strategies saw the true task
 * @param results at least one, by seed
 */
public record ArmResults(String arm, String order, boolean analysis, List<Result> results) {

    /** What marks an arm that is no method. */
    public static final String MARK = " [analysis]";

    /** Stands below every table with such an arm. */
    static final String NOTE = "[analysis] = analysis only: uses the true task, so it is no method to compare with";

    /** What marks an arm whose answers others gave. */
    static final String IMPORTED = " [imported]";

    /** Stands below every table with such an arm. */
    static final String IMPORTED_NOTE =
            "[imported] = answers that others' code gave, scored by Karuta: it cannot be run again";

    /** In the order in which the first run of each comes. */
    static List<ArmResults> of(List<Result> finished) {
        record Key(String arm, String order, boolean analysis) {}
        var groups = new LinkedHashMap<Key, List<Result>>();
        for (var result : finished) {
            var run = result.run();
            var key = new Key(result.arm(), run.getOrder(), run.getArm().isAnalysis());
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(result);
        }
        return groups.entrySet().stream()
                .map(entry -> new ArmResults(
                        entry.getKey().arm(),
                        entry.getKey().order(),
                        entry.getKey().analysis(),
                        entry.getValue().stream()
                                .sorted((a, b) ->
                                        Long.compare(a.run().getSeed(), b.run().getSeed()))
                                .toList()))
                .toList();
    }

    /** Notes that belong below a table of these groups. */
    public static List<String> notes(List<ArmResults> groups) {
        return Stream.concat(
                        groups.stream().filter(ArmResults::analysis).map(group -> NOTE),
                        groups.stream().filter(ArmResults::imported).map(group -> IMPORTED_NOTE))
                .distinct()
                .toList();
    }

    /** Whether others gave the answers. */
    public boolean imported() {
        return results.get(0).run().getImported() != null;
    }

    /** What was not evaluated, if that is why a metric has no value: a sentence for each run. */
    List<String> holes() {
        return results.stream()
                .flatMap(result -> result.matrix().stream()
                        .filter(matrix -> !matrix.holes().isEmpty())
                        .map(matrix -> label() + ", order " + order + ": not evaluated, so metrics that need it have no"
                                + " value: after stage " + String.join(", ", matrix.holes())))
                .distinct()
                .toList();
    }

    /** Said of arms of which nothing has looked whether they know the task; whoever may be told it has a mark of its own. */
    Optional<String> unchecked() {
        var runs = results.stream()
                .filter(result -> result.run().getTaskFree() == TaskFree.UNCHECKED)
                .count();
        return runs == 0 || imported() || analysis
                ? Optional.empty()
                : Optional.of(label() + ", order " + order + ": " + (runs == results.size() ? "" : runs + " of ")
                        + results.size() + (results.size() == 1 ? " run" : " runs")
                        + " without the stamp that says that the task was found to be unknown at inference");
    }

    /** The arm's name, marked if need be. */
    public String label() {
        return arm + (analysis ? MARK : "") + (imported() ? IMPORTED : "");
    }

    /** Such as {@code seed 1} or {@code seeds 1, 2, 3}. */
    public String seeds() {
        var numbers = results.stream()
                .map(result -> Long.toString(result.run().getSeed()))
                .collect(Collectors.joining(", "));
        return (results.size() > 1 ? "seeds " : "seed ") + numbers;
    }
}
