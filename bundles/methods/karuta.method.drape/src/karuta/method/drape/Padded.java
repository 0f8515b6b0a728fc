package karuta.method.drape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/**
 * Sequences of different lengths as one tensor; one without rows has one row of zeros.
 *
 * @param rows {@code [batch, n, d]}, filled up with zeros
 * @param mask {@code [batch, 1, 1, n]}, true where a row is one of the sequence
 * @param lengths of the sequences, at least 1
 */
record Padded(NDArray rows, NDArray mask, int[] lengths) {

    /** @param sequences each {@code [its length, d]}, at least one */
    static Padded of(List<NDArray> sequences, NDManager manager) {
        var given = sequences.stream()
                .mapToInt(rows -> (int) rows.getShape().get(0))
                .toArray();
        var lengths = new int[given.length];
        var longest = 1;
        for (var i = 0; i < given.length; i++) {
            lengths[i] = Math.max(1, given[i]);
            longest = Math.max(longest, lengths[i]);
        }
        var ids = new long[given.length * longest]; // 0 is the row of zeros
        var mask = new boolean[ids.length];
        var next = 1;
        for (var i = 0; i < given.length; i++) {
            for (var j = 0; j < lengths[i]; j++) {
                ids[i * longest + j] = given[i] == 0 ? 0 : next++;
                mask[i * longest + j] = true;
            }
        }
        return new Padded(
                Ops.rows(table(sequences, manager), Tensors.of(manager, ids, new Shape(given.length, longest))),
                Tensors.of(manager, mask, new Shape(given.length, 1, 1, longest)),
                lengths);
    }

    /** All rows of all sequences below a row of zeros. */
    private static NDArray table(List<NDArray> sequences, NDManager manager) {
        var width = sequences.get(0).getShape().get(1);
        var parts = new NDList(manager.zeros(new Shape(1, width)));
        sequences.stream().filter(rows -> rows.getShape().get(0) > 0).forEach(parts::add);
        return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts);
    }

    /**
     * Weights that make the means of M segments: segment j has the rows from {@code floor(j n / M)} to {@code ceil((j + 1) n
     * / M)}, exclusive. (Ours: a sequence of fewer than M rows has every row in some segments, and none is empty.)
     *
     * @return {@code [batch, M, n]}, rows of sum 1
     */
    NDArray segments(int count, NDManager manager) {
        var longest = (int) rows.getShape().get(1);
        var weights = new float[lengths.length * count * longest];
        for (var i = 0; i < lengths.length; i++) {
            for (var j = 0; j < count; j++) {
                var from = j * lengths[i] / count;
                var to = ((j + 1) * lengths[i] + count - 1) / count;
                for (var row = from; row < to; row++) {
                    weights[(i * count + j) * longest + row] = 1f / (to - from);
                }
            }
        }
        return Tensors.of(manager, weights, new Shape(lengths.length, count, longest));
    }
}
