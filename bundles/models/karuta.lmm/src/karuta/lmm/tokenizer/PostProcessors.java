package karuta.lmm.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import karuta.lmm.config.Json;

/** What puts special tokens around those of a text. */
final class PostProcessors {

    private PostProcessors() {}

    static void check(Json step, Ids ids) {
        if (framing(step, ids) > 1) {
            throw step.broken("puts special tokens around a text more than once");
        }
    }

    /** Checks a step; gives how many steps in it add tokens, since the library ends the process at the second. */
    private static int framing(Json step, Ids ids) {
        switch (step.requireText("type")) {
            case "ByteLevel" -> {
                PreTokenizers.byteLevel(step);
                return 0;
            }
            case "BertProcessing" -> {
                step.requireNoOther("type", "sep", "cls");
                requireToken(step, "sep", ids);
                requireToken(step, "cls", ids);
                return 1;
            }
            case "RobertaProcessing" -> {
                step.requireNoOther("type", "sep", "cls", "trim_offsets", "add_prefix_space");
                requireToken(step, "sep", ids);
                requireToken(step, "cls", ids);
                step.requireFlag("trim_offsets");
                step.requireFlag("add_prefix_space");
                return 1;
            }
            case "TemplateProcessing" -> {
                template(step, ids);
                return 1;
            }
            case "Sequence" -> {
                step.requireNoOther("type", "processors");
                return step.objects("processors").stream()
                        .mapToInt(inner -> framing(inner, ids))
                        .sum();
            }
            default -> throw step.unsupported("type", step.requireText("type"), "TemplateProcessing and the like");
        }
    }

    /** A pair of a token's text and its id. */
    private static void requireToken(Json step, String key, Ids ids) {
        if (!(step.object().get(key) instanceof JsonArray pair
                && pair.size() == 2
                && pair.get(0) instanceof JsonPrimitive text
                && text.isString()
                && pair.get(1) instanceof JsonPrimitive id
                && id.isNumber())) {
            throw step.broken("has no pair of a token and its id as " + key);
        }
        var number = new JsonObject();
        number.add("id", id);
        var named = new Json(step.where() + ", " + key, number);
        ids.require(named, text.getAsString(), named.requireWhole("id", 0, Ids.MOST));
    }

    private static void template(Json step, Ids ids) {
        step.requireNoOther("type", "single", "pair", "special_tokens");
        var specials = step.object("special_tokens").orElseThrow(() -> step.broken("has no special_tokens"));
        var known = new HashSet<String>();
        for (var name : specials.object().keySet()) {
            special(specials.object(name).orElseThrow(() -> specials.broken("has null as " + name)), name, ids);
            known.add(name);
        }
        var texts = step.objects("single").stream()
                .mapToInt(piece -> piece(piece, known, "A"))
                .sum();
        if (texts != 1) {
            throw step.broken("has the text " + texts + " times in single");
        }
        step.objects("pair").forEach(piece -> piece(piece, known, "A", "B"));
    }

    private static void special(Json special, String name, Ids ids) {
        special.requireNoOther("id", "ids", "tokens");
        if (!special.requireText("id").equals(name)) {
            throw special.broken("is called " + special.requireText("id"));
        }
        var numbers = special.wholes("ids", List.of(), 0, Ids.MOST);
        var tokens = texts(special, "tokens");
        if (!special.isList("ids") || numbers.isEmpty() || numbers.size() != tokens.size()) {
            throw special.broken("has " + numbers.size() + " ids and " + tokens.size() + " tokens");
        }
        for (var i = 0; i < numbers.size(); i++) {
            ids.require(special, tokens.get(i), numbers.get(i));
        }
    }

    private static List<String> texts(Json json, String key) {
        if (!json.isList(key)
                || !json.object().getAsJsonArray(key).asList().stream()
                        .allMatch(text -> text instanceof JsonPrimitive primitive && primitive.isString())) {
            throw json.broken("has no list of texts as " + key);
        }
        return json.object().getAsJsonArray(key).asList().stream()
                .map(text -> text.getAsString())
                .toList();
    }

    /** 1 for a place of a text, 0 for a special token. */
    private static int piece(Json piece, Set<String> specials, String... places) {
        piece.requireNoOther("Sequence", "SpecialToken");
        var text = piece.object("Sequence");
        var special = piece.object("SpecialToken");
        if (text.isPresent() == special.isPresent()) {
            throw piece.broken("is neither a Sequence nor a SpecialToken, or both");
        }
        var inner = text.or(() -> special).orElseThrow();
        inner.requireNoOther("id", "type_id");
        inner.requireWhole("type_id", 0, 1 << 16);
        var id = inner.requireText("id");
        if (text.isPresent()) {
            inner.oneOf("id", places);
            return 1;
        }
        if (!specials.contains(id)) {
            throw inner.broken("is \"" + id + "\", which special_tokens lacks");
        }
        return 0;
    }
}
