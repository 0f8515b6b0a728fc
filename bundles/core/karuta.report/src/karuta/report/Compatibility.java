package karuta.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import karuta.study.Part;
import karuta.study.Run;
import karuta.study.StrategyReference;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EcoreUtil;

/**
 * Why the numbers of two runs cannot stand in one table.
 *
 * @param why names both folders
 * @param sameRun whether they are the same run twice
 */
record Compatibility(String why, boolean sameRun) {

    /** Empty if two results belong into one table. */
    static Optional<Compatibility> conflict(Result one, Result other) {
        return differ(one, other, "benchmarks", run -> describe(run.getBenchmark()))
                .or(() -> differ(one, other, "tasks", Compatibility::tasks))
                .or(() -> differ(
                        one, other, "watched tasks", run -> run.getWatched().toString()))
                .or(() -> scorers(one, other))
                .or(() -> of(
                        one.run().getTasks().equals(other.run().getTasks())
                                && !one.fingerprint("data").equals(other.fingerprint("data")),
                        one,
                        other,
                        "saw different data under the same names"))
                .or(() -> builds(one, other))
                .or(() -> of(
                        one.arm().equals(other.arm()) && !sameSettings(one, other),
                        one,
                        other,
                        "run \"" + one.arm() + "\" with different settings"))
                .or(() -> twins(one, other));
    }

    /** Numbers of two rules never share a column. */
    private static Optional<Compatibility> scorers(Result one, Result other) {
        var known = !ScoredBy.describe(one.run()).isEmpty()
                && !ScoredBy.describe(other.run()).isEmpty();
        return known ? differ(one, other, "scorers", ScoredBy::describe) : Optional.empty();
    }

    private static Optional<Compatibility> twins(Result one, Result other) {
        if (!cell(one).equals(cell(other))) {
            return Optional.empty();
        }
        var same = one.fingerprint("run").equals(other.fingerprint("run"));
        return Optional.of(new Compatibility(
                other.folder().path()
                        + (same ? " is the same run as " : " is the arm, seed and order, but not the run, of ")
                        + one.folder().path()
                        + (one.finished() && !other.finished() ? ", which is finished" : ", which is newer"),
                same));
    }

    private static List<Object> cell(Result result) {
        return List.of(result.arm(), result.run().getSeed(), result.run().getOrder());
    }

    private static Optional<Compatibility> of(boolean conflict, Result one, Result other, String why) {
        return conflict
                ? Optional.of(new Compatibility(
                        one.folder().path() + " and " + other.folder().path() + " " + why, false))
                : Optional.empty();
    }

    private static Optional<Compatibility> differ(Result one, Result other, String what, Function<Run, String> of) {
        var here = of.apply(one.run());
        var there = of.apply(other.run());
        return of(!here.equals(there), one, other, "have different " + what + ", " + here + " and " + there);
    }

    /**
     * A strategy that both runs used must have been the same code. Where two bundles bring one of the same name, their strategies
     * are two, and different arms may compare them; one arm cannot be both.
     */
    private static Optional<Compatibility> builds(Result one, Result other) {
        return one.run().getParts().stream()
                .flatMap(part -> other.run().getParts().stream()
                        .filter(theirs -> theirs.getName().equals(part.getName()))
                        .flatMap(theirs -> builds(one, part, other, theirs).stream()))
                .findFirst();
    }

    private static Optional<Compatibility> builds(Result one, Part part, Result other, Part theirs) {
        var sameBundle = theirs.getBundle().equals(part.getBundle());
        var conflict = sameBundle
                ? !theirs.getSha256().equals(part.getSha256())
                : one.arm().equals(other.arm()) && !has(one, theirs) && !has(other, part);
        return of(
                conflict,
                one,
                other,
                "used different " + (sameBundle ? "builds" : "bundles") + " of " + part.getName() + ", "
                        + describe(part) + " and " + describe(theirs));
    }

    private static boolean has(Result result, Part part) {
        return result.run().getParts().stream()
                .anyMatch(own ->
                        own.getName().equals(part.getName()) && own.getBundle().equals(part.getBundle()));
    }

    private static String describe(Part part) {
        return "that of bundle " + part.getBundle() + " " + part.getVersion() + " (SHA-256 "
                + part.getSha256().substring(0, Math.min(12, part.getSha256().length())) + ")";
    }

    /** A strategy with its options, in words. */
    static String describe(StrategyReference strategy) {
        var said = Stream.concat(
                        Optional.ofNullable(strategy.getBundle()).map(bundle -> "of bundle " + bundle).stream(),
                        strategy.getOptions().stream()
                                .map(option -> option.getKey() + " " + String.join(" ", option.texts())))
                .toList();
        return strategy.getId() + (said.isEmpty() ? "" : " (" + String.join(", ", said) + ")");
    }

    private static String tasks(Run run) {
        return run.getTasks().stream().sorted().toList().toString();
    }

    private static boolean sameSettings(Result a, Result b) {
        return same(a.run().getArm(), b.run().getArm())
                && same(a.run().getTraining(), b.run().getTraining())
                && same(a.run().getBackbone(), b.run().getBackbone())
                && same(a.run().getEncoder(), b.run().getEncoder())
                && a.fingerprint("backbone").equals(b.fingerprint("backbone"))
                && a.fingerprint("encoder").equals(b.fingerprint("encoder"));
    }

    /** Two absent objects are the same. */
    private static boolean same(EObject a, EObject b) {
        return EcoreUtil.equals(a, b);
    }
}
