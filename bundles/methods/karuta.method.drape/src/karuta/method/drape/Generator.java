package karuta.method.drape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import karuta.api.RandomStream;
import karuta.api.StrategyContext;
import karuta.tensor.Initial;
import karuta.tensor.Ops;
import karuta.tensor.Scope;

/**
 * Makes soft tokens of an instruction and an image. With {@code T} the embeddings of the instruction's tokens and {@code Z} the
 * projected visual tokens, both mapped to H: {@code Q_0} are the means of M segments of T, {@code Q = LN(Q_0 + MHA(Q_0, T, T))},
 * {@code R = LN(Q + MHA(Q, Z, Z))}, and the tokens are {@code MLP(R)}, H to 2H to d.
 *
 * <p>Ours, as the paper does not say: linear maps from d to H; the residual and norm of the text attention are like those of
 * the visual one; GELU in the MLP; PyTorch's first values. A query without an image has one visual token of zeros, which its
 * map's bias makes a learned one.
 *
 * @param weights by name, see {@link #shapes}
 */
record Generator(Map<String, NDArray> weights) {

    private static final double EPS = 1e-5;

    /** A new generator, kept in the context. */
    static Generator random(int size, int hidden, RandomStream draws, StrategyContext context) {
        var weights = new LinkedHashMap<String, NDArray>();
        shapes(size, hidden).forEach((name, shape) -> {
            try (var scope = Scope.open()) {
                var manager = context.manager();
                var ones = name.startsWith("norm") && name.endsWith("weight");
                var bound = name.startsWith("norm") ? 0 : 1 / Math.sqrt(inputs(name, size, hidden));
                weights.put(
                        name,
                        context.keep(
                                ones ? manager.ones(shape) : Initial.uniform(manager, shape, bound, draws.fork(name))));
            }
        });
        return new Generator(weights);
    }

    private static int inputs(String name, int size, int hidden) {
        if (name.startsWith("text.map") || name.startsWith("image.map")) {
            return size;
        }
        return name.startsWith("mlp.2") ? 2 * hidden : hidden;
    }

    /**
     * Its weights by name: of both modalities {@code map} {@code [H, d]} and {@code q, k, v, o} {@code [H, H]}, of the norms
     * after them {@code [H]}, of {@code mlp.0} {@code [2H, H]} and {@code mlp.2} {@code [d, 2H]}; each with a bias.
     */
    static Map<String, Shape> shapes(int size, int hidden) {
        var shapes = new LinkedHashMap<String, Shape>();
        for (var modality : new String[] {"text", "image"}) {
            put(shapes, modality + ".map", hidden, size);
            for (var part : new String[] {"q", "k", "v", "o"}) {
                put(shapes, modality + "." + part, hidden, hidden);
            }
            shapes.put("norm." + modality + ".weight", new Shape(hidden));
            shapes.put("norm." + modality + ".bias", new Shape(hidden));
        }
        put(shapes, "mlp.0", 2 * hidden, hidden);
        put(shapes, "mlp.2", size, 2 * hidden);
        return shapes;
    }

    private static void put(Map<String, Shape> shapes, String name, int out, int in) {
        shapes.put(name + ".weight", new Shape(out, in));
        shapes.put(name + ".bias", new Shape(out));
    }

    /**
     * The soft tokens of queries.
     *
     * @param text {@code T}, {@code [batch, n, d]}
     * @param image {@code Z}, {@code [batch, m, d]}
     * @param segments see {@link Padded#segments}
     * @param heads of both attentions
     * @return {@code [batch, M, d]}
     */
    NDArray tokens(Padded text, Padded image, NDArray segments, int heads) {
        NDArray t = linear("text.map", text.rows());
        NDArray z = linear("image.map", image.rows());
        NDArray q = attended("text", segments.matMul(t), t, text.mask(), heads);
        NDArray r = attended("image", q, z, image.mask(), heads);
        return linear("mlp.2", Ops.gelu(linear("mlp.0", r)));
    }

    /** {@code LN(x + MHA(x, y, y))}. */
    private NDArray attended(String modality, NDArray x, NDArray y, NDArray mask, int heads) {
        NDArray found = Ops.attention(
                split(linear(modality + ".q", x), heads),
                split(linear(modality + ".k", y), heads),
                split(linear(modality + ".v", y), heads),
                Optional.of(mask));
        NDArray joined = linear(modality + ".o", found.transpose(0, 2, 1, 3).reshape(x.getShape()));
        var norm = "norm." + modality;
        return Ops.layerNorm(x.add(joined), weights.get(norm + ".weight"), weights.get(norm + ".bias"), EPS);
    }

    /** {@code [batch, n, H]} to {@code [batch, heads, n, H / heads]}. */
    private static NDArray split(NDArray x, int heads) {
        var shape = x.getShape();
        return x.reshape(shape.get(0), shape.get(1), heads, shape.get(2) / heads)
                .transpose(0, 2, 1, 3);
    }

    private NDArray linear(String name, NDArray x) {
        return Ops.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias"));
    }

    /** {@code H}. */
    static int hidden(Map<String, NDArray> weights) {
        return (int) weights.get("mlp.0.weight").getShape().get(1);
    }
}
