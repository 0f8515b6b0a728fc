package karuta.engine.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.Strategy;

/** The strategies that are there. */
public interface Strategies {

    /** A fresh strategy; it is given back when its user is done with it. */
    interface Instance extends AutoCloseable {

        /** The strategy itself. */
        Strategy strategy();

        /** Closes the strategy and gives it back. */
        @Override
        void close();
    }

    /** All, in {@link StrategyType#ORDER}. */
    List<StrategyType> types();

    /** The strategy of a kind with an id. */
    default Optional<StrategyType> find(Kind kind, String id) {
        return types().stream()
                .filter(type -> type.kind() == kind && type.id().equals(id))
                .findFirst();
    }

    /** Why there is no such strategy, and what to do about it. */
    Missing missing(Kind kind, String id);

    /**
     * Makes an instance that nobody else has.
     *
     * @param type which
     * @param options checked values; the others get their defaults
     * @throws KarutaException if it is gone meanwhile or cannot be made
     */
    Instance create(StrategyType type, Map<String, Object> options);

    /**
     * A strategy that is not there.
     *
     * @param what is missing, and why
     * @param remedy what to do about it
     */
    record Missing(String what, String remedy) {}
}
