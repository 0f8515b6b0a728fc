package karuta.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Runs whose numbers can stand in one table. */
final class Comparison {

    private final Optional<String> apart;
    private final List<Result> results = new ArrayList<>();

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
        comparisons.forEach(comparison -> comparison.results.sort(
                Comparator.comparing(result -> result.run().getStarted())));
        comparisons.sort(Comparator.comparing(Comparison::newest));
        return comparisons;
    }

    private static Optional<String> place(Result result, List<Comparison> comparisons) {
        var apart = Optional.<String>empty();
        for (var comparison : comparisons) {
            var conflict = comparison.conflict(result);
            if (conflict.isEmpty()) {
                comparison.results.add(result);
                return Optional.empty();
            }
            if (conflict.get().sameRun()) {
                return Optional.of(conflict.get().why());
            }
            apart = apart.or(() -> Optional.of(conflict.get().why()));
        }
        var another = new Comparison(apart);
        another.results.add(result);
        comparisons.add(another);
        return Optional.empty();
    }

    private Optional<Compatibility> conflict(Result result) {
        return results.stream()
                .flatMap(other -> Compatibility.conflict(other, result).stream())
                .max(Comparator.comparing(Compatibility::sameRun));
    }

    private String newest() {
        return Objects.requireNonNull(results.get(results.size() - 1).run().getStarted());
    }

    /** In the order in which they were started; at least one. */
    List<Result> results() {
        return results;
    }

    /** Why they are not in the table of newer ones. */
    Optional<String> apart() {
        return apart;
    }
}
