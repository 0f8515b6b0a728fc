package karuta.engine.run;

import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.engine.plan.InitialCheckpoint;
import karuta.tensor.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the strategies of an arm begin with what a checkpoint holds.
 *
 * @param origin the checkpoint
 * @param strategies started, and fresh
 */
record CheckpointLoader(InitialCheckpoint origin, RunStrategies strategies) {

    private static final Logger log = LoggerFactory.getLogger(CheckpointLoader.class);

    /**
     * Loads it.
     *
     * @throws KarutaException if it is damaged, or not from an arm of the same strategies
     */
    void load(NDManager manager) {
        try (var scope = Scope.open()) {
            var another =
                    "Let \"from\" name another folder than " + origin.file().getParent() + ".";
            var states = new Checkpoint(origin.file()).read(manager, another);
            if (states.isEmpty() || !states.keySet().containsAll(keepers())) {
                throw unfit(states, Optional.empty());
            }
            take(states);
            var taken = tensors(strategies.save()).collect(Collectors.toSet());
            tensors(states).filter(name -> !taken.contains(name)).findFirst().ifPresent(left -> {
                throw unfit(states, Optional.of(left));
            });
        }
        log.info("begins with {}", origin.describe());
    }

    /** Strategies that have state before training. */
    private Collection<String> keepers() {
        return strategies.save().entrySet().stream()
                .filter(kept -> !kept.getValue().equals(State.EMPTY))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void take(Map<String, State> states) {
        try {
            strategies.load(states);
        } catch (KarutaException unfit) {
            throw new KarutaException("Cannot begin with " + origin.file(), unfit.getMessage(), unfit);
        } catch (RuntimeException unforeseen) { // strategies expect what they have written themselves
            throw new KarutaException(
                    "Cannot begin with " + origin.file() + ": " + unforeseen,
                    "Name a checkpoint of an arm of the same strategies.",
                    unforeseen);
        }
    }

    private static Stream<String> tensors(Map<String, State> states) {
        return states.entrySet().stream()
                .flatMap(kept -> kept.getValue().tensors().keySet().stream().map(name -> kept.getKey() + "/" + name))
                .sorted();
    }

    private KarutaException unfit(Map<String, State> states, Optional<String> left) {
        return new KarutaException(
                "Cannot begin with " + origin.file() + ": it holds what " + list(states.keySet())
                        + " kept, but the arm has " + list(strategies.places())
                        + left.map(name -> ", and none of them takes up " + name)
                                .orElse(""),
                "Name a checkpoint of an arm of the same strategies.");
    }

    private static String list(Collection<String> places) {
        return places.isEmpty() ? "nobody" : String.join(", ", new TreeSet<>(places));
    }
}
