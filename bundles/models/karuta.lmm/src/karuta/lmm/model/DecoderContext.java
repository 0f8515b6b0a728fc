package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.Optional;

/**
 * What a pass through the decoder is given beside the embeddings.
 *
 * @param positions for the rotary embedding, {@code [batch, tokens]}, int64
 * @param mask boolean (true = may attend) or added to the scores, {@code [batch or 1, 1, tokens, keys]}; the keys are
 *     those of the cache, then those of the pass. Every token must be allowed to attend to something
 * @param cache what was read before; the pass adds to it
 * @param adapters what is added to the outputs of linear layers, by the layers' names, such as {@code
 *     layers.0.self_attn.q_proj}
 * @param prefixes further keys and values, by layer
 * @param tokens what the tokens are, for adapters that ask
 */
public record DecoderContext(
        NDArray positions,
        NDArray mask,
        Optional<KeyValueCache> cache,
        Map<String, BatchAdapter> adapters,
        Map<Integer, Prefix> prefixes,
        TokenRows tokens) {

    /**
     * Keys and values that have no position and that every token of a layer may attend to.
     *
     * @param keys {@code [batch, M, key-value size]}
     * @param values {@code [batch, M, key-value size]}
     * @param valid which of them a row has, {@code [batch, M]}, boolean
     */
    public record Prefix(NDArray keys, NDArray values, NDArray valid) {}

    /** Copies the maps. */
    public DecoderContext {
        adapters = Map.copyOf(adapters);
        prefixes = Map.copyOf(prefixes);
    }

    /** A pass with nothing but positions and a mask. */
    public DecoderContext(NDArray positions, NDArray mask) {
        this(positions, mask, Optional.empty(), Map.of(), Map.of(), TokenRows.UNKNOWN);
    }

    /**
     * Rows of text that are padded on the right: each token attends to itself and to those before it.
     *
     * @param valid which tokens are no padding, {@code [batch, tokens]}, boolean
     */
    public static DecoderContext causal(NDArray valid) {
        var tokens = valid.getShape().get(1);
        NDArray order = valid.getManager().arange(0, tokens, 1, DataType.INT64);
        NDArray before = order.reshape(tokens, 1).gte(order.reshape(1, tokens)); // [q, k]
        NDArray self = order.reshape(tokens, 1).eq(order.reshape(1, tokens)); // padding, too, must attend to something
        NDArray mask = before.logicalAnd(valid.expandDims(1)).logicalOr(self).expandDims(1); // [batch, 1, q, k]
        return new DecoderContext(order.expandDims(0), mask);
    }

    /** The same with a cache. */
    public DecoderContext with(KeyValueCache read) {
        return new DecoderContext(positions, mask, Optional.of(read), adapters, prefixes, tokens);
    }

    /** The same with inserts. */
    public DecoderContext with(Map<String, BatchAdapter> linears, Map<Integer, Prefix> layers) {
        return new DecoderContext(positions, mask, cache, linears, layers, tokens);
    }

    /** The same, with what its tokens are. */
    public DecoderContext with(TokenRows rows) {
        return new DecoderContext(positions, mask, cache, adapters, prefixes, rows);
    }
}
