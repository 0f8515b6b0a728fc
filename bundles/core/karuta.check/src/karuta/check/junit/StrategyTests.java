package karuta.check.junit;

import java.util.stream.Stream;
import karuta.api.Strategy;
import karuta.check.Made.Maker;
import karuta.check.Outcome;
import karuta.check.Report;
import karuta.kit.ToyContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The properties of a strategy's kind, those of {@code karuta check}, each as a test; and a run around toys for tests of one's
 * own, which is freed after each. A property that says nothing about the strategy is skipped with the reason.
 *
 * @param <T> the strategy's kind
 */
abstract class StrategyTests<T extends Strategy> {

    private final ToyContext context = new ToyContext(1);

    /** Makes the strategy under test, not started: a fresh one at every call, always alike. */
    protected abstract T strategy();

    /** The run around it. */
    protected final ToyContext context() {
        return context;
    }

    /** A fresh strategy, started in {@link #context()}. */
    protected final T started() {
        return context.start(strategy());
    }

    /** Makes it wherever the properties need another one. */
    protected final Maker<T> maker() {
        return Maker.of(this::strategy);
    }

    /** What the properties of its kind say. */
    abstract Report report(String name);

    @TestFactory
    Stream<DynamicTest> itKeepsToTheContractOfItsKind() {
        return report(getClass().getSimpleName()).results().stream()
                .map(result -> DynamicTest.dynamicTest(result.property(), () -> require(result.outcome())));
    }

    private static void require(Outcome outcome) {
        if (outcome instanceof Outcome.Fails failure) {
            throw new AssertionError(failure.what() + " (" + failure.where() + ")\n  " + failure.remedy());
        }
        if (outcome instanceof Outcome.Unchecked refusal) {
            throw new AssertionError("It could not be tried: " + refusal.reason());
        }
        if (outcome instanceof Outcome.NotApplicable aside) {
            Assumptions.abort(aside.reason());
        }
    }

    @AfterEach
    void free() {
        context.close();
    }
}
