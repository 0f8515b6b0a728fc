package karuta.engine.run;

import ai.djl.ndarray.NDManager;
import karuta.engine.features.FrozenModels;

/** What all strategies of one run share. */
interface RunEnvironment {

    /** All random numbers of the run come from it. */
    long seed();

    /** Lives as long as the run. */
    NDManager manager();

    /** Backbone and encoder. */
    FrozenModels frozen();
}
