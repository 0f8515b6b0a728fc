package karuta.lmm.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import karuta.lmm.config.Json;

/** The pairs of tokens that byte-pair encoding joins: texts with a blank between, or lists of two, not both. */
final class Merges {

    private Merges() {}

    /** Checks that each pair is of known tokens, and what it becomes is one. */
    static void check(Json model, Map<String, Integer> vocabulary, String prefix) {
        if (!model.isList("merges")) {
            throw model.broken("has no list merges");
        }
        var merges = model.object().getAsJsonArray("merges");
        for (var i = 0; i < merges.size(); i++) {
            if (merges.get(i).isJsonArray() != merges.get(0).isJsonArray()) {
                throw model.broken("has texts and lists of two among its merges");
            }
            var pair = pair(model, merges.get(i), i);
            if (!pair[1].startsWith(prefix)) {
                throw model.broken("joins \"" + pair[0] + "\" and \"" + pair[1] + "\" (merge " + i
                        + "), but the second lacks the prefix \"" + prefix + "\"");
            }
            for (var token : new String[] {pair[0], pair[1], pair[0] + pair[1].substring(prefix.length())}) {
                if (!vocabulary.containsKey(token)) {
                    throw model.broken("has a merge of \"" + pair[0] + "\" and \"" + pair[1] + "\" (merge " + i
                            + "), but no token \"" + token + "\"");
                }
            }
        }
    }

    private static String[] pair(Json model, JsonElement merge, int place) {
        if (merge instanceof JsonPrimitive primitive && primitive.isString()) {
            var parts = primitive.getAsString().split(" ", -1);
            if (parts.length == 2) {
                return parts;
            }
        }
        if (merge instanceof JsonArray list
                && list.size() == 2
                && list.asList().stream().allMatch(part -> part instanceof JsonPrimitive text && text.isString())) {
            return new String[] {list.get(0).getAsString(), list.get(1).getAsString()};
        }
        throw model.broken("has at " + place + " of its merges something else than a pair of tokens");
    }
}
