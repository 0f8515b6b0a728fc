package karuta.api;

import java.nio.file.Path;
import java.util.Map;

/** Makes the weights of an embedded model from nothing, reproducibly. */
public interface Pretraining extends Strategy {

    /** The factory of its components. */
    String KIND = "karuta.pretraining";

    /**
     * Trains and writes the model.
     *
     * @param draws all its random numbers come from here
     * @param out an empty folder, filled with a Hugging Face model folder per model
     * @param progress told now and then
     */
    void run(RandomStream draws, Path out, Progress progress);

    /** Listens to long work. */
    @FunctionalInterface
    interface Progress {

        /**
         * @param what is being done
         * @param done units of work
         * @param total units of work
         * @param figures what is worth watching, by name
         */
        void at(String what, long done, long total, Map<String, Double> figures);
    }
}
