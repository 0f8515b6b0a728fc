package karuta.api;

import java.util.Optional;

/** What nearly every strategy needs: it remembers what surrounds it. */
public abstract class StrategyBase implements Strategy {

    private Optional<StrategyContext> context = Optional.empty();

    @Override
    public final void start(StrategyContext context) {
        this.context = Optional.of(context);
        started();
    }

    /** Called once, as soon as there is a context. */
    protected void started() {}

    /**
     * What surrounds the strategy.
     *
     * @throws IllegalStateException before it is started
     */
    protected final StrategyContext context() {
        return context.orElseThrow(
                () -> new IllegalStateException(getClass().getName() + " is used before it is started"));
    }

    /** A part that the study gives to this strategy; see {@link StrategyContext#part}. */
    protected final <T extends Strategy> T part(Class<T> kind) {
        return context().part(kind);
    }
}
