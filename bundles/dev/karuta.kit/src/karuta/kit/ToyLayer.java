package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Insert;
import karuta.api.RandomStream;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/** Causal attention with one head, then a gated perceptron, both without norms. */
final class ToyLayer {

    private final NDManager manager;
    private final int number;
    private final int hidden;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();

    ToyLayer(NDManager manager, int number, int hidden, RandomStream draws) {
        this.manager = manager;
        this.number = number;
        this.hidden = hidden;
        for (var linear : List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj")) {
            add(linear, hidden, hidden, draws);
        }
        add("mlp.gate_proj", 2 * hidden, hidden, draws);
        add("mlp.up_proj", 2 * hidden, hidden, draws);
        add("mlp.down_proj", hidden, 2 * hidden, draws);
    }

    private void add(String linear, int out, int in, RandomStream draws) {
        var scale = 0.5f / (float) Math.sqrt(in);
        weights.put(
                name(linear),
                Ops.scale(Tensors.of(manager, draws.fork(linear).normals(out * in), new Shape(out, in)), scale));
    }

    private String name(String linear) {
        return "layers." + number + "." + linear;
    }

    Map<String, NDArray> weights() {
        return weights;
    }

    /** {@code [1, tokens, d]} to the same shape. */
    NDArray apply(NDArray x, List<Insert> inserts, ToyTokens tokens) {
        NDArray attended = attention(
                linear("self_attn.q_proj", x, inserts, tokens),
                linear("self_attn.k_proj", x, inserts, tokens),
                linear("self_attn.v_proj", x, inserts, tokens),
                inserts);
        NDArray y = x.add(linear("self_attn.o_proj", attended, inserts, tokens));
        NDArray gate = Ops.silu(linear("mlp.gate_proj", y, inserts, tokens));
        return y.add(linear("mlp.down_proj", gate.mul(linear("mlp.up_proj", y, inserts, tokens)), inserts, tokens));
    }

    private NDArray linear(String linear, NDArray x, List<Insert> inserts, ToyTokens tokens) {
        var name = name(linear);
        NDArray y = Ops.linear(x, weights.get(name));
        return adapted(name, y, x, inserts, tokens);
    }

    /** A layer's output with what adapters add to it. */
    static NDArray adapted(String name, NDArray y, NDArray x, List<Insert> inserts, ToyTokens tokens) {
        var sum = y;
        for (var insert : inserts) {
            if (insert instanceof Insert.Adapter adapter && adapter.linear().equals(name)) {
                NDArray added = adapter.delta().apply(x, tokens.of(name, adapter.delta()));
                sum = sum.add(adapter.weight().map(added::mul).orElse(added));
            }
        }
        return sum;
    }

    private NDArray attention(NDArray q, NDArray k, NDArray v, List<Insert> inserts) {
        NDArray mask = causal((int) q.getShape().get(1));
        for (var insert : inserts) {
            if (insert instanceof Insert.Prefix prefix && prefix.layer() == number) {
                k = NDArrays.concat(new NDList(prefix.keys().expandDims(0), k), 1);
                v = NDArrays.concat(new NDList(prefix.values().expandDims(0), v), 1);
                NDArray open = manager.zeros(new Shape(
                        mask.getShape().get(0), prefix.keys().getShape().get(0)));
                mask = NDArrays.concat(new NDList(open, mask), 1);
            }
        }
        NDArray scores =
                Ops.scale(q.matMul(k.transpose(0, 2, 1)), 1 / Math.sqrt(hidden)).add(mask);
        return Ops.softmax(scores).matMul(v);
    }

    /** Added to the scores: 0 where a token may attend. */
    private NDArray causal(int tokens) {
        var mask = new float[tokens * tokens];
        for (var i = 0; i < mask.length; i++) {
            mask[i] = i % tokens > i / tokens ? -1e9f : 0;
        }
        return Tensors.of(manager, mask, new Shape(tokens, tokens));
    }
}
