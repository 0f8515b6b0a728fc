package karuta.engine.run;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import karuta.engine.features.FrozenModels;
import karuta.tensor.TorchEngine;

/**
 * What all strategies of one run share.
 *
 * @param seed all random numbers of the run come from it
 * @param manager lives as long as the run
 * @param frozen backbone and encoder
 * @param steering changes what selectors choose and pools give; empty in a run
 */
record RunEnvironment(long seed, NDManager manager, FrozenModels frozen, Optional<Steering> steering)
        implements AutoCloseable {

    static RunEnvironment of(long seed, FrozenModels frozen) {
        return new RunEnvironment(seed, TorchEngine.manager(frozen.device()), frozen, Optional.empty());
    }

    /** The same, with what is changed between strategies. Closes what this one would. */
    RunEnvironment steered(Steering by) {
        return new RunEnvironment(seed, manager, frozen, Optional.of(by));
    }

    /** The same run for strategies whose arrays are freed earlier. */
    RunEnvironment apart() {
        return of(seed, frozen);
    }

    /** Frees the arrays. */
    @Override
    public void close() {
        manager.close();
    }
}
