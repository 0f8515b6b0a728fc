package karuta.check;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of all properties of a strategy.
 *
 * @param strategy its name
 * @param results in the order in which they were tried
 */
public record Report(String strategy, List<Property.Result> results) {

    /** Copies the list. */
    public Report {
        results = List.copyOf(results);
    }

    /** Tries properties one after the other; who refuses the first is not asked further. */
    static Report of(String strategy, List<Property> properties) {
        var first = properties.get(0).check();
        var others = first.outcome() instanceof Outcome.Unchecked
                ? List.<Property>of()
                : properties.subList(1, properties.size());
        return new Report(
                strategy,
                Stream.concat(Stream.of(first), others.stream().map(Property::check))
                        .toList());
    }

    /** The properties that do not hold. */
    public List<Property.Result> failures() {
        return results.stream()
                .filter(result -> result.outcome() instanceof Outcome.Fails)
                .toList();
    }

    /** Those that could not be tried. */
    public List<Property.Result> unchecked() {
        return results.stream()
                .filter(result -> result.outcome() instanceof Outcome.Unchecked)
                .toList();
    }

    /**
     * For tests.
     *
     * @throws AssertionError with every property that does not hold or could not be tried
     */
    public void require() {
        if (!failures().isEmpty() || !unchecked().isEmpty()) {
            throw new AssertionError(this);
        }
    }

    /** A line per property. */
    public List<String> lines() {
        return results.stream().map(Report::line).toList();
    }

    private static String line(Property.Result result) {
        var name = result.property();
        if (result.outcome() instanceof Outcome.Fails failure) {
            return "FAILED          " + name + ": " + failure.what() + " (" + failure.where() + ") " + failure.remedy();
        }
        if (result.outcome() instanceof Outcome.NotApplicable aside) {
            return "not applicable  " + name + ": " + aside.reason();
        }
        if (result.outcome() instanceof Outcome.Unchecked refusal) {
            return "not checked     " + name + ": " + refusal.reason().replaceAll("\\s+", " ");
        }
        var note = ((Outcome.Holds) result.outcome()).note();
        return "ok              " + name + (note.isEmpty() ? "" : ": " + note);
    }

    @Override
    public String toString() {
        return strategy + lines().stream().collect(Collectors.joining("\n  ", "\n  ", ""));
    }
}
