package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.lmm.config.LlamaConfig;
import karuta.safetensors.Weights;
import karuta.tensor.Script;
import karuta.tensor.Tensors;

/** A LLaMA decoder (Touvron et al., LLaMA, 2023) with grouped-query attention. */
public final class Llama {

    private static final String TABLE = "model.embed_tokens.weight";
    private static final String HEAD = "lm_head.weight";

    private final String source;
    private final Script script;
    private final NDArray table;
    private final List<LlamaLayer> layers;
    private final NDArray norm;
    private final NDArray head;
    private final NDArray frequencies;

    /**
     * Takes what it needs of a model's weights. Where the head is tied to the embedding, one of both may be missing; if
     * both are there, each is used, as Transformers does if they differ.
     *
     * @param config sizes
     * @param weights by the names of Hugging Face's LlamaForCausalLM, as {@code model.layers.0.mlp.up_proj.weight}
     */
    public Llama(LlamaConfig config, Weights weights) {
        script = LlamaScript.of(config);
        source = weights.source();
        table = weights.get(config.tied() && !weights.has(TABLE) ? HEAD : TABLE, config.vocabulary(), config.hidden());
        layers = IntStream.range(0, config.layers())
                .mapToObj(i -> new LlamaLayer(config, script, weights, i))
                .toList();
        norm = weights.get("model.norm.weight", config.hidden());
        head = config.tied() && !(weights.has(TABLE) && weights.has(HEAD))
                ? table
                : weights.get(HEAD, config.vocabulary(), config.hidden());
        frequencies = Tensors.of(table.getManager(), frequencies(config.headSize(), config.theta()));
    }

    /** {@code 1 / theta^(2i / size)}, rounded to float32 where PyTorch rounds: in double, cosines would be 1e-5 off. */
    private static float[] frequencies(int size, double theta) {
        var frequencies = new float[size / 2];
        for (var i = 0; i < frequencies.length; i++) {
            frequencies[i] = 1f / (float) Math.pow(theta, (double) (2f * i / size));
        }
        return frequencies;
    }

    /** The embedding table, in the type of the weights, {@code [vocabulary, hidden]}. */
    public NDArray table() {
        return table;
    }

    /** The weight of a linear layer, by its name in {@link karuta.api.BackboneSpec#linears}, {@code [out, in]}. */
    Optional<NDArray> weight(String linear) {
        return layers.stream()
                .flatMap(layer -> layer.linears().entrySet().stream())
                .filter(entry -> entry.getKey().equals(linear))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * @param ids any shape, int64
     * @return {@code [ids' shape..., hidden]}
     */
    public NDArray embed(NDArray ids) {
        return script.call("embed", table, ids);
    }

    /**
     * The last state, behind the final norm. Earlier states are freed as soon as nothing needs them.
     *
     * @param embeddings {@code [batch, tokens, hidden]}
     * @return {@code [batch, tokens, hidden]}
     */
    public NDArray forward(NDArray embeddings, DecoderContext pass) {
        return forward(embeddings, pass, NDArray::close);
    }

    /**
     * The state before the first layer and after each; the last one stands behind the final norm.
     *
     * @param embeddings {@code [batch, tokens, hidden]}
     */
    public List<NDArray> states(NDArray embeddings, DecoderContext pass) {
        var states = new ArrayList<NDArray>();
        states.add(forward(embeddings, pass, states::add));
        return states;
    }

    /** @param passed gets each state, but for the last one, when the next is there */
    private NDArray forward(NDArray embeddings, DecoderContext pass, Consumer<NDArray> passed) {
        var run = LayerContext.of(script, table, frequencies, pass);
        NDArray x = script.call("start", embeddings, table);
        for (var layer : layers) {
            NDArray y = layer.forward(x, run);
            passed.accept(x);
            x = y;
        }
        try (var last = x) {
            return script.call("norm", last, norm);
        }
    }

    /**
     * Checks logits of an answer: greedy decoding would find some token among broken ones, too.
     *
     * @param logits any shape, float32
     * @throws KarutaException with the model's name, if one of them is NaN or infinite
     */
    public void requireFinite(NDArray logits) {
        if (!Float.isFinite(logits.abs().max().getFloat())) {
            throw new KarutaException(
                    "The model " + source + " gives logits that are NaN or infinite; no answer can be read from them.",
                    "Its weights, or the prompts and adapters in front of it, are broken, or too large for the dtype:"
                            + " try bf16 or fp32 instead of fp16.");
        }
    }

    /**
     * Logits where they are needed.
     *
     * @param states last state, {@code [batch, tokens, hidden]}
     * @param places row-major numbers of tokens of the batch, {@code [n]}, int64
     * @return {@code [n, vocabulary]}, float32
     */
    public NDArray logits(NDArray states, NDArray places) {
        return script.call("logits", states, head, places);
    }
}
