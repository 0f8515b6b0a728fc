package karuta.lmm.config;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import karuta.api.BackboneSpec.Linear;

/**
 * Sizes of a LLaMA decoder.
 *
 * @param vocabulary number of tokens
 * @param hidden size of a token's state
 * @param intermediate size of the perceptrons' inner layer
 * @param layers their number
 * @param heads of attention
 * @param keyValueHeads heads of keys and values; each serves as many heads as the other ones
 * @param headSize size of a head
 * @param positions the longest sequence that the model was made for, in tokens
 * @param eps of the norms
 * @param theta base of the rotary embedding
 * @param tied whether the head's weights are those of the embedding
 * @param start id of the token that starts every sequence
 * @param ends ids of the tokens that end an answer
 */
public record LlamaConfig(
        int vocabulary,
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int keyValueHeads,
        int headSize,
        int positions,
        double eps,
        double theta,
        boolean tied,
        int start,
        List<Integer> ends) {

    /** Copies the list. */
    public LlamaConfig {
        ends = List.copyOf(ends);
    }

    /** Size of one token's keys, and of its values, in one layer. */
    public int keyValueSize() {
        return keyValueHeads * headSize;
    }

    /** The linear layers of all decoder layers. */
    public List<Linear> linears() {
        var queries = heads * headSize;
        var linears = new ArrayList<Linear>();
        for (var layer = 0; layer < layers; layer++) {
            var attention = "layers." + layer + ".self_attn.";
            var perceptron = "layers." + layer + ".mlp.";
            linears.add(new Linear(attention + "q_proj", hidden, queries));
            linears.add(new Linear(attention + "k_proj", hidden, keyValueSize()));
            linears.add(new Linear(attention + "v_proj", hidden, keyValueSize()));
            linears.add(new Linear(attention + "o_proj", queries, hidden));
            linears.add(new Linear(perceptron + "gate_proj", hidden, intermediate));
            linears.add(new Linear(perceptron + "up_proj", hidden, intermediate));
            linears.add(new Linear(perceptron + "down_proj", intermediate, hidden));
        }
        return List.copyOf(linears);
    }

    /** What is absent is as in Transformers' LlamaConfig. */
    static LlamaConfig read(Json json, boolean tied) {
        json.oneOf("hidden_act", "silu");
        for (var bias : List.of("attention_bias", "mlp_bias")) {
            if (json.flag(bias, false)) {
                throw json.unsupported(bias, "true", "false");
            }
        }
        var hidden = json.whole("hidden_size", 4096, 1, Limits.HIDDEN);
        var heads = json.whole("num_attention_heads", 32, 1, Limits.HEADS);
        if (!json.has("head_dim")) {
            Limits.requireDivisible(json, hidden, heads);
        }
        return new LlamaConfig(
                json.whole("vocab_size", 32000, 1, Limits.VOCABULARY),
                hidden,
                json.whole("intermediate_size", 11008, 1, Limits.INTERMEDIATE),
                json.whole("num_hidden_layers", 32, 1, Limits.LAYERS),
                heads,
                keyValueHeads(json, heads),
                headSize(json, hidden, heads),
                json.whole("max_position_embeddings", 2048, 1, Limits.POSITIONS),
                json.number("rms_norm_eps", 1e-6, 0, 1),
                theta(json),
                tied || json.flag("tie_word_embeddings", false),
                json.whole("bos_token_id", 1, 0, Limits.VOCABULARY),
                json.wholes("eos_token_id", List.of(2), 0, Limits.VOCABULARY));
    }

    /** The same model, which ends its answers otherwise. */
    LlamaConfig endingWith(List<Integer> others) {
        return new LlamaConfig(
                vocabulary,
                hidden,
                intermediate,
                layers,
                heads,
                keyValueHeads,
                headSize,
                positions,
                eps,
                theta,
                tied,
                start,
                others);
    }

    private static int keyValueHeads(Json json, int heads) {
        var keyValueHeads = json.whole("num_key_value_heads", heads, 1, heads);
        if (heads % keyValueHeads != 0) {
            throw json.unsupported("num_key_value_heads", Integer.toString(keyValueHeads), "a divisor of " + heads);
        }
        return keyValueHeads;
    }

    private static int headSize(Json json, int hidden, int heads) {
        var size = json.whole("head_dim", hidden / heads, 1, Limits.HIDDEN / heads);
        if (size % 2 != 0) {
            throw json.unsupported("head_dim", Integer.toString(size), "an even number");
        }
        return size;
    }

    /**
     * Transformers 5 has rope_parameters, which hold theta, too; Transformers 4 has rope_scaling, and theta beside it.
     */
    private static double theta(Json json) {
        var theta = json.number("rope_theta", 10_000, 1, 1e12);
        for (var key : List.of("rope_parameters", "rope_scaling")) {
            var rope = json.object(key).orElseGet(() -> new Json(json.where(), new JsonObject()));
            rope.oneOf("rope_type", "default");
            rope.oneOf("type", "default");
            if (rope.number("partial_rotary_factor", 1, 0, 1) != 1) {
                throw rope.unsupported("partial_rotary_factor", "less than 1", "1");
            }
            theta = rope.number("rope_theta", theta, 1, 1e12);
        }
        return theta;
    }
}
