package karuta.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The finished runs of one arm in one task order, which differ in nothing but the seed.
 *
 * @param arm its name
 * @param order its name
 * @param analysis whether its strategies saw the true task
 * @param results at least one, by seed
 */
record ArmResults(String arm, String order, boolean analysis, List<Result> results) {

    /** What marks an arm that is no method. */
    static final String MARK = " [analysis]";

    /** Stands below every table with such an arm. */
    static final String NOTE = "[analysis] = analysis only: uses the true task, so it is no method to compare with";

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
    static List<String> notes(List<ArmResults> groups) {
        return groups.stream().anyMatch(ArmResults::analysis) ? List.of(NOTE) : List.of();
    }

    /** The arm's name, marked if need be. */
    String label() {
        return analysis ? arm + MARK : arm;
    }

    /** Such as {@code seed 1} or {@code seeds 1, 2, 3}. */
    String seeds() {
        var numbers = results.stream()
                .map(result -> Long.toString(result.run().getSeed()))
                .collect(Collectors.joining(", "));
        return (results.size() > 1 ? "seeds " : "seed ") + numbers;
    }
}
