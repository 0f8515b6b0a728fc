package karuta.report;

import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import karuta.model.Run;
import karuta.model.StrategyReference;
import karuta.model.run.RecordException;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EcoreUtil;

/** Refuses to put runs into one table whose numbers cannot stand beside each other. */
final class Compatibility {

    private static final String REMEDY = "; name runs that belong together";

    private Compatibility() {}

    /** @throws RecordException if two results do not belong into one table */
    static void check(List<Result> results) {
        var arms = new HashMap<String, Result>();
        var runs = new HashMap<List<Object>, Result>();
        var orders = new HashMap<List<String>, Result>();
        for (var result : results) {
            demandEqual(results.get(0), result, "benchmarks", run -> describe(run.getBenchmark()));
            demandEqual(results.get(0), result, "tasks", Compatibility::tasks);
            var inOrder =
                    Objects.requireNonNullElse(orders.putIfAbsent(result.run().getTasks(), result), result);
            if (!inOrder.fingerprint("data").equals(result.fingerprint("data"))) {
                throw refusal(inOrder, result, "saw different data under the same names" + REMEDY);
            }
            var namesake = Objects.requireNonNullElse(arms.putIfAbsent(result.arm(), result), result);
            if (!sameSettings(namesake, result)) {
                throw refusal(namesake, result, "run \"" + result.arm() + "\" with different settings" + REMEDY);
            }
            var run = result.run();
            var twin = runs.putIfAbsent(List.of(result.arm(), run.getSeed(), run.getOrder()), result);
            if (twin != null) {
                throw refusal(twin, result, "are the same arm, seed and order; name only one of them");
            }
        }
    }

    /** A strategy with its options, in words. */
    static String describe(StrategyReference strategy) {
        if (strategy.getOptions().isEmpty()) {
            return strategy.getId();
        }
        var options = strategy.getOptions().stream()
                .map(option -> option.getKey() + " " + String.join(" ", option.texts()))
                .toList();
        return strategy.getId() + " (" + String.join(", ", options) + ")";
    }

    private static void demandEqual(Result first, Result other, String what, Function<Run, String> of) {
        var here = of.apply(first.run());
        var there = of.apply(other.run());
        if (!here.equals(there)) {
            throw refusal(first, other, "have different " + what + ", " + here + " and " + there + REMEDY);
        }
    }

    private static RecordException refusal(Result first, Result other, String why) {
        return new RecordException(
                first.folder().path() + " and " + other.folder().path() + " " + why);
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
