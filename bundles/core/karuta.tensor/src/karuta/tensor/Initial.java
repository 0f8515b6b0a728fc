package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.stream.LongStream;
import karuta.api.RandomStream;
import karuta.api.StrategyContext;

/** First values of what is trained. */
public final class Initial {

    private Initial() {}

    /**
     * Uniform within a bound around 0. With {@code 1 / sqrt(size of the input)} it is PyTorch's default for linear layers.
     *
     * @param draws give the i-th number by their i-th draw
     */
    public static NDArray uniform(NDManager manager, Shape shape, double bound, RandomStream draws) {
        var numbers = new float[Math.toIntExact(shape.size())];
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (bound * (2 * draws.uniform(i) - 1));
        }
        return Tensors.of(manager, numbers, shape);
    }

    /**
     * Copies of randomly drawn rows of the backbone's token embeddings, as soft prompts begin.
     *
     * @param n how many
     * @return {@code [n, d]}, float32
     */
    public static NDArray tokens(int n, RandomStream draws, StrategyContext context) {
        var table = context.backbone().embeddings();
        var vocabulary = (int) table.getShape().get(0);
        var ids = LongStream.range(0, n).map(i -> draws.below(vocabulary, i)).toArray();
        return Ops.cast(Ops.rows(table, Tensors.of(context.manager(), ids)), DataType.FLOAT32);
    }
}
