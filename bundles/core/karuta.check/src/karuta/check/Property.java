package karuta.check;

import java.util.Arrays;
import karuta.api.KarutaException;

/**
 * A rule that strategies keep to.
 *
 * @param name for people
 * @param test tries it
 */
public record Property(String name, Test test) {

    /** Tries a rule by running what it is about. */
    @FunctionalInterface
    public interface Test {

        /** What became of it; what it throws is the strategy's fault, or its refusal of what it was given. */
        Outcome run();
    }

    /**
     * Tries it.
     *
     * <p>A {@link KarutaException} of the strategy's own code says that it wants other options or other partners. Thrown by the
     * contracts it says that they are broken, as everything else that is thrown.
     */
    public Result check() {
        try {
            return new Result(name, test.run());
        } catch (KarutaException refusal) {
            return new Result(name, broken(refusal) ? thrown(refusal) : new Outcome.Unchecked(refusal.getMessage()));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            return new Result(name, thrown(failure));
        }
    }

    private static boolean broken(KarutaException refusal) {
        var thrower = refusal.getStackTrace()[0].getClassName();
        return thrower.startsWith("karuta.api.") || thrower.startsWith("karuta.check.");
    }

    private static Outcome thrown(Throwable failure) {
        return new Outcome.Fails(
                failure instanceof KarutaException ? failure.getMessage() : "It throws " + failure + ".",
                Arrays.stream(failure.getStackTrace())
                        .filter(frame -> !frame.getClassName()
                                .matches("(java|jdk|ai\\.djl|karuta\\.(api|check|kit|tensor))\\..*"))
                        .findFirst()
                        .map(StackTraceElement::toString)
                        .orElse("thrown by what it gave to others"),
                "Look at that line; what a method may be given, and what it must give back, is in the Javadoc of its"
                        + " contract.");
    }

    /**
     * A property with what became of it.
     *
     * @param property its name
     * @param outcome of it
     */
    public record Result(String property, Outcome outcome) {}
}
