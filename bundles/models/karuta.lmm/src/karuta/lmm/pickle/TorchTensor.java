package karuta.lmm.pickle;

import ai.djl.ndarray.types.Shape;
import karuta.safetensors.Dtype;

/**
 * A tensor of a file: its description, not its numbers.
 *
 * @param storage what it is cut out of; several tensors may share one
 * @param view which elements of it
 */
public record TorchTensor(Storage storage, StridedView view) {

    /**
     * A row of elements.
     *
     * @param dtype of the elements
     * @param key its name in the file
     * @param elements how many there are
     */
    record Storage(Dtype dtype, String key, long elements) {}

    /** Type of its elements. */
    public Dtype dtype() {
        return storage.dtype();
    }

    /** Its sizes; empty for a scalar. */
    public Shape shape() {
        return new Shape(view.shape());
    }

    /**
     * Its rows from one on.
     *
     * @param first from 0 to the number of rows
     */
    public TorchTensor from(long first) {
        return new TorchTensor(storage, view.from(first));
    }
}
