package karuta.engine.run;

import ai.djl.ndarray.NDManager;
import karuta.engine.features.FrozenModels;

/**
 * What all strategies of one run share.
 *
 * @param seed all random numbers of the run come from it
 * @param manager lives as long as the run
 * @param frozen backbone and encoder
 */
record RunEnvironment(long seed, NDManager manager, FrozenModels frozen) implements AutoCloseable {

    static RunEnvironment of(long seed, FrozenModels frozen) {
        return new RunEnvironment(seed, NDManager.newBaseManager(frozen.device()), frozen);
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
