package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.stream.LongStream;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/** CLIP's loss: each image must find its text among those of the batch, and each text its image. */
final class Contrast {

    private Contrast() {}

    /**
     * The mean of both cross-entropies.
     *
     * @param logits images by texts, {@code [n, n]}; what belongs together lies on the diagonal
     */
    static NDArray loss(NDArray logits, Figures figures) {
        var n = logits.getShape().get(0);
        var own = LongStream.range(0, n).toArray();
        NDArray labels = Tensors.of(logits.getManager(), own, new Shape(n));
        var said = logits.argMax(1).toLongArray();
        figures.note(
                "text found",
                LongStream.range(0, n).filter(i -> said[(int) i] == i).count() / (double) n);
        return Ops.scale(Ops.crossEntropy(logits, labels).add(Ops.crossEntropy(logits.transpose(), labels)), 0.5);
    }
}
