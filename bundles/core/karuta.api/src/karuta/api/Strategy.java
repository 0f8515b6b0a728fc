package karuta.api;

/**
 * What all swappable parts have in common. A strategy is a Declarative Services factory component: {@code @Component(name =
 * ID, factory = KIND)} with an annotation type for its options. (Where one bundle brings strategies of several kinds under
 * one id, their names begin with the kind: {@code backbone.tiny}, {@code encoder.tiny}.) A run gets an instance of its own, which is closed at the
 * end of the run; runs share nothing.
 */
public interface Strategy extends AutoCloseable {

    /**
     * Called once before anything else. The parts of a strategy are started before it.
     *
     * @param context what surrounds the strategy in this run
     */
    default void start(StrategyContext context) {}

    /** What must be kept so that a fresh instance, started in an equal context, goes on from here. */
    default State save() {
        return State.EMPTY;
    }

    /**
     * Takes up a state that {@link #save()} gave.
     *
     * @param state lives only during this call: keep what is needed with {@link StrategyContext#keep}
     * @throws KarutaException if it does not fit this strategy's options
     */
    default void load(State state) {}

    /** Frees what the strategy holds outside the context's manager; most hold nothing. */
    @Override
    default void close() {}
}
