package karuta.api;

import ai.djl.ndarray.NDArray;

/**
 * Something that is trained.
 *
 * @param name unique within the learner
 * @param value the numbers; the optimiser changes them in place
 * @param rate factor on the study's learning rate
 */
public record Parameter(String name, NDArray value, double rate) {

    /** A parameter that learns at the study's rate. */
    public Parameter(String name, NDArray value) {
        this(name, value, 1);
    }
}
