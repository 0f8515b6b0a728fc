package karuta.diagnosis;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What a jar can bring a strategy for.
 *
 * @param contracts what strategies implement, by the factory of their components
 */
public record Seams(Map<String, Class<?>> contracts) {

    /** Copies the map. */
    public Seams {
        contracts = Map.copyOf(contracts);
    }

    /** Whether components with this factory are strategies. */
    boolean has(String factory) {
        return contracts.containsKey(factory);
    }

    /** The factories there are. */
    Collection<String> factories() {
        return contracts.keySet();
    }

    /** A contract or a type beside it, by its name; empty for what others than the contracts' bundle have. */
    Optional<Class<?>> known(String type) {
        for (var contract : contracts.values()) {
            try {
                return Optional.of(Class.forName(type, false, contract.getClassLoader()));
            } catch (ClassNotFoundException | LinkageError none) {
                continue; // all contracts have one loader, as a rule
            }
        }
        return Optional.empty();
    }
}
