package karuta.kit.junit;

import karuta.api.Strategy;
import karuta.kit.ToyContext;
import org.junit.jupiter.api.AfterEach;

/**
 * A test in a run around toys, which is freed after each.
 *
 * @param <T> the strategy's kind
 */
abstract class StrategyTests<T extends Strategy> {

    private final ToyContext context = new ToyContext(1);

    /** Makes the strategy under test, not started: a fresh one at every call. */
    protected abstract T strategy();

    /** The run around it. */
    protected final ToyContext context() {
        return context;
    }

    /** A fresh strategy, started in {@link #context()}. */
    protected final T started() {
        return context.start(strategy());
    }

    @AfterEach
    void free() {
        context.close();
    }
}
