package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import karuta.tensor.Script;

/**
 * What all layers of one pass share, in the type of the weights.
 *
 * @param pass what was asked for
 * @param cos of the rotary embedding, {@code [batch or 1, 1, tokens, head size]}
 * @param sin likewise
 * @param bias what the mask adds to the scores, {@code [batch or 1, 1, tokens, keys]}
 */
record LayerContext(DecoderContext pass, NDArray cos, NDArray sin, NDArray bias) {

    static LayerContext of(Script script, NDArray table, NDArray frequencies, DecoderContext pass) {
        var rotation = script.callAll("rotation", pass.positions(), frequencies, table);
        return new LayerContext(pass, rotation.get(0), rotation.get(1), script.call("bias", pass.mask(), table));
    }
}
