package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Map;
import java.util.Optional;
import karuta.lmm.config.LlamaConfig;
import karuta.safetensors.Weights;
import karuta.tensor.Script;

/** One decoder layer: in one call where nothing is inserted, in its parts where something is. */
final class LlamaLayer {

    private final Script script;
    private final int number;
    private final String name;
    private final NDArray norm1;
    private final NDArray q;
    private final NDArray k;
    private final NDArray v;
    private final NDArray o;
    private final NDArray norm2;
    private final NDArray gate;
    private final NDArray up;
    private final NDArray down;

    LlamaLayer(LlamaConfig config, Script script, Weights weights, int number) {
        this.script = script;
        this.number = number;
        name = "layers." + number + ".";
        long d = config.hidden();
        long f = config.intermediate();
        long queries = (long) config.heads() * config.headSize();
        long keys = (long) config.keyValueHeads() * config.headSize();
        norm1 = weights.get("model." + name + "input_layernorm.weight", d);
        q = weights.get("model." + name + "self_attn.q_proj.weight", queries, d);
        k = weights.get("model." + name + "self_attn.k_proj.weight", keys, d);
        v = weights.get("model." + name + "self_attn.v_proj.weight", keys, d);
        o = weights.get("model." + name + "self_attn.o_proj.weight", d, queries);
        norm2 = weights.get("model." + name + "post_attention_layernorm.weight", d);
        gate = weights.get("model." + name + "mlp.gate_proj.weight", f, d);
        up = weights.get("model." + name + "mlp.up_proj.weight", f, d);
        down = weights.get("model." + name + "mlp.down_proj.weight", d, f);
    }

    /** @param x {@code [batch, tokens, hidden]} */
    NDArray forward(NDArray x, LayerContext run) {
        var plain = !run.pass().prefixes().containsKey(number)
                && run.pass().adapters().keySet().stream().noneMatch(site -> site.startsWith(name));
        if (!plain) {
            return forwardWithInserts(x, run);
        }
        var cache = run.pass().cache();
        if (cache.isEmpty()) {
            return script.call(
                    "layer",
                    x,
                    norm1,
                    q,
                    k,
                    v,
                    o,
                    norm2,
                    gate,
                    up,
                    down,
                    run.cos(),
                    run.sin(),
                    run.bias(),
                    run.groups(),
                    run.order());
        }
        var read = read(cache.get(), x);
        var result = script.callAll(
                "step",
                x,
                norm1,
                q,
                k,
                v,
                o,
                norm2,
                gate,
                up,
                down,
                run.cos(),
                run.sin(),
                run.bias(),
                run.groups(),
                run.order(),
                read.keys(),
                read.values());
        cache.get().put(number, result.get(1), result.get(2));
        return result.get(0);
    }

    private KeyValueCache.Entry read(KeyValueCache cache, NDArray x) {
        if (!cache.isEmpty(number)) {
            return cache.get(number);
        }
        NDArray nothing = script.call("empty", x);
        return new KeyValueCache.Entry(nothing, nothing);
    }

    /** Frees what it makes on the way as soon as it is not needed: with adapters that is most of the memory. */
    private NDArray forwardWithInserts(NDArray x, LayerContext run) {
        try (var made = new NDList()) {
            NDArray h = made(made, script.call("norm", x, norm1));
            NDArray queries = rotated("self_attn.q_proj", q, h, run, made);
            NDArray keys = rotated("self_attn.k_proj", k, h, run, made);
            NDArray values = made(made, script.call("heads", linear("self_attn.v_proj", v, h, run, made)));
            if (run.pass().cache().isPresent()) {
                var cache = run.pass().cache().get();
                var read = read(cache, x);
                keys = script.call("append", read.keys(), keys);
                values = script.call("append", read.values(), values);
                cache.put(number, keys, values);
            }
            NDArray bias = run.bias();
            NDArray groups = run.groups();
            var prefix = Optional.ofNullable(run.pass().prefixes().get(number));
            if (prefix.isPresent()) {
                keys = made(made, script.call("append", heads(prefix.get().keys(), x), keys));
                values = made(made, script.call("append", heads(prefix.get().values(), x), values));
                bias = made(made, script.call("prefixed", bias, prefix.get().valid()));
                groups = made(
                        made,
                        script.call(
                                "prefixes", groups, run.order(), prefix.get().valid()));
            }
            NDArray a = made(made, script.call("attend", queries, keys, values, bias, groups, run.order()));
            NDArray y = made(made, script.call("add", x, linear("self_attn.o_proj", o, a, run, made)));
            h = made(made, script.call("norm", y, norm2));
            NDArray gated = linear("mlp.gate_proj", gate, h, run, made);
            NDArray inner = made(made, script.call("swiglu", gated, linear("mlp.up_proj", up, h, run, made)));
            return script.call("add", y, linear("mlp.down_proj", down, inner, run, made));
        }
    }

    private static NDArray made(NDList made, NDArray array) {
        made.add(array);
        return array;
    }

    private NDArray rotated(String site, NDArray weight, NDArray x, LayerContext run, NDList made) {
        return made(made, script.call("turned", linear(site, weight, x, run, made), run.cos(), run.sin()));
    }

    private NDArray heads(NDArray prefix, NDArray x) {
        return script.call("heads", script.call("start", prefix, x));
    }

    private NDArray linear(String site, NDArray weight, NDArray x, LayerContext run, NDList made) {
        NDArray y = made(made, script.call("linear", x, weight));
        var adapter = Optional.ofNullable(run.pass().adapters().get(name + site));
        return adapter.isPresent()
                ? made(made, adapter.get().addTo(y, x, run.pass().tokens()))
                : y;
    }

    /** By what {@link karuta.api.BackboneSpec} calls them. */
    Map<String, NDArray> linears() {
        return Map.of(
                name + "self_attn.q_proj", q,
                name + "self_attn.k_proj", k,
                name + "self_attn.v_proj", v,
                name + "self_attn.o_proj", o,
                name + "mlp.gate_proj", gate,
                name + "mlp.up_proj", up,
                name + "mlp.down_proj", down);
    }
}
