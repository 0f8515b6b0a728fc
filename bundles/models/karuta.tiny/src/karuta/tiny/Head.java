package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/**
 * A linear classifier that is thrown away after the pretraining.
 *
 * @param weight {@code [classes, size]}
 * @param bias {@code [classes]}
 */
record Head(NDArray weight, NDArray bias) {

    /** A new head. */
    static Head of(InitialWeights weights, String name, int classes, int size) {
        return new Head(weights.get(name + ".weight", classes, size), weights.get(name + ".bias", classes));
    }

    /** @param x {@code [n, size]} */
    NDArray logits(NDArray x) {
        return Ops.linear(x, weight, bias);
    }

    /**
     * Mean cross-entropy.
     *
     * @param x {@code [n, size]}
     * @param labels {@code n} classes; those labelled -100 do not count, but at least one must
     */
    NDArray loss(NDArray x, long[] labels) {
        NDManager manager = x.getManager();
        return Ops.crossEntropy(logits(x), Tensors.of(manager, labels, new Shape(labels.length)));
    }
}
