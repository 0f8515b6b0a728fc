package karuta.pool.prototype;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import karuta.api.RandomStream;
import karuta.api.StrategyContext;
import karuta.tensor.Initial;
import karuta.tensor.Ops;
import karuta.tensor.Scope;

/**
 * The prompt transform h of one task: Linear(d, d), SiLU, Linear(d, c), with biases. It exists only while its task is
 * learned.
 *
 * @param weights by name, as {@code nn.Sequential} names them: {@code 0.weight} [d, d], {@code 0.bias} [d], {@code
 *     2.weight} [c, d], {@code 2.bias} [c]
 */
record Transform(Map<String, NDArray> weights) {

    /** With PyTorch's default for linear layers: all numbers uniform within 1 / sqrt(size of the input) around 0. */
    static Transform random(int hidden, int features, RandomStream draws, StrategyContext context) {
        var weights = new LinkedHashMap<String, NDArray>();
        try (var scope = Scope.open()) {
            shapes(hidden, features).forEach((name, shape) -> {
                NDArray first = Initial.uniform(context.manager(), shape, 1 / Math.sqrt(hidden), draws.fork(name));
                weights.put(name, context.keep(first));
            });
        }
        return new Transform(weights);
    }

    /** By name, in the order of the computation. */
    static Map<String, Shape> shapes(int hidden, int features) {
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put("0.weight", new Shape(hidden, hidden));
        shapes.put("0.bias", new Shape(hidden));
        shapes.put("2.weight", new Shape(features, hidden));
        shapes.put("2.bias", new Shape(features));
        return shapes;
    }

    /**
     * The prototype: the mean over the rows of the transformed prompt.
     *
     * @param prompt {@code [M, d]}
     * @return {@code [1, c]}
     */
    NDArray prototype(NDArray prompt) {
        NDArray hidden = Ops.silu(Ops.linear(prompt, weights.get("0.weight"), weights.get("0.bias")));
        return Ops.linear(hidden, weights.get("2.weight"), weights.get("2.bias"))
                .mean(new int[] {0}, true);
    }

    /** How many numbers it has. */
    long size() {
        return weights.values().stream().mapToLong(NDArray::size).sum();
    }

    void free() {
        weights.values().forEach(NDArray::close);
    }
}
