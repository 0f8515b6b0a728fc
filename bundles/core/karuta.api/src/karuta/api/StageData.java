package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Supplier;

/** The training examples of a stage that has just been learned, for those who keep or measure something of them. */
public interface StageData {

    /** The number of examples. */
    int size();

    /** The examples from {@code from} to {@code to}, exclusive, in the order of the task's data. */
    Batch batch(int from, int to);

    /**
     * Gradients of a loss, for importance estimates (EWC).
     *
     * @param loss computes a scalar
     * @param of what to differentiate by
     * @return one array per parameter, of its shape; they live until the strategy's method returns
     */
    List<NDArray> gradients(Supplier<NDArray> loss, List<Parameter> of);
}
