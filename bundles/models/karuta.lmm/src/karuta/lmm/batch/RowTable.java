package karuta.lmm.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.IdentityHashMap;
import java.util.Map;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/**
 * A padded batch out of rows of many arrays: all arrays go into one table, each once however many samples use it, and
 * one look-up makes the batch. Gradients of shared rows are added up by the look-up.
 */
final class RowTable {

    /** The row of padding. */
    static final long PADDING = 0;

    private final NDManager manager;
    private final int width;
    private final NDList table = new NDList();
    private final Map<NDArray, Long> places = new IdentityHashMap<>();
    private long size = 1;

    /** @param width of a row */
    RowTable(NDManager manager, int width) {
        this.manager = manager;
        this.width = width;
        table.add(manager.zeros(new Shape(1, width)));
    }

    /**
     * Adds an array, unless it is there.
     *
     * @param rows {@code [n, width]}, float32
     * @return the place of its first row
     */
    long place(NDArray rows) {
        if (rows.getShape().dimension() != 2 || rows.getShape().get(1) != width) {
            throw new IllegalArgumentException(
                    "an insert has the shape " + rows.getShape() + " instead of (M, " + width + ")");
        }
        return places.computeIfAbsent(rows, array -> {
            table.add(array);
            var first = size;
            size += array.getShape().get(0);
            return first;
        });
    }

    /**
     * The batch.
     *
     * @param index a place for each row of it
     * @param rows of the batch
     * @return {@code [rows, index.length / rows, width]}
     */
    NDArray take(long[] index, int rows) {
        NDArray places = Tensors.of(manager, index, new Shape(rows, index.length / rows));
        return Ops.rows(NDArrays.concat(table), places);
    }
}
