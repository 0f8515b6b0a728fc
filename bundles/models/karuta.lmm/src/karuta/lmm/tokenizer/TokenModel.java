package karuta.lmm.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import karuta.lmm.config.Json;

/** What cuts words into tokens: {@code BPE}, {@code WordPiece}, {@code WordLevel} or {@code Unigram}. */
final class TokenModel {

    private TokenModel() {}

    /** The type, which older files leave out. */
    static String typeOf(Json model) {
        if (model.has("type")) {
            return model.oneOf("type", "BPE", "WordPiece", "WordLevel", "Unigram");
        }
        if (model.has("merges")) {
            return "BPE";
        }
        if (model.has("max_input_chars_per_word")) {
            return "WordPiece";
        }
        return model.isList("vocab") ? "Unigram" : "WordLevel";
    }

    /** Checks a model; gives its vocabulary, in which no id is twice. */
    static Map<String, Integer> check(String type, Json model) {
        return switch (type) {
            case "BPE" -> pairs(model);
            case "WordPiece" -> pieces(model);
            case "WordLevel" -> words(model);
            default -> unigram(model);
        };
    }

    private static Map<String, Integer> pairs(Json model) {
        model.requireNoOther(
                "type",
                "dropout",
                "unk_token",
                "continuing_subword_prefix",
                "end_of_word_suffix",
                "fuse_unk",
                "byte_fallback",
                "ignore_merges",
                "vocab",
                "merges");
        if (model.number("dropout", 0, 0, 1) > 0) {
            throw model.unsupported("dropout", "more than 0", "0: with it a text has other tokens each time");
        }
        for (var flag : new String[] {"fuse_unk", "byte_fallback", "ignore_merges"}) {
            model.flag(flag, false);
        }
        model.text("end_of_word_suffix");
        var vocabulary = vocabulary(model);
        model.text("unk_token").ifPresent(unknown -> requireIn(vocabulary, model, unknown));
        Merges.check(model, vocabulary, model.text("continuing_subword_prefix").orElse(""));
        return vocabulary;
    }

    private static Map<String, Integer> pieces(Json model) {
        model.requireNoOther("type", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word", "vocab");
        model.requireText("continuing_subword_prefix");
        model.requireWhole("max_input_chars_per_word", 1, 1 << 16);
        return withUnknown(model);
    }

    private static Map<String, Integer> words(Json model) {
        model.requireNoOther("type", "unk_token", "vocab");
        return withUnknown(model);
    }

    private static Map<String, Integer> withUnknown(Json model) {
        var vocabulary = vocabulary(model);
        requireIn(vocabulary, model, model.requireText("unk_token"));
        return vocabulary;
    }

    private static void requireIn(Map<String, Integer> vocabulary, Json model, String unknown) {
        if (!vocabulary.containsKey(unknown)) {
            throw model.broken("has the unk_token \"" + unknown + "\", which is not in its vocab");
        }
    }

    private static Map<String, Integer> vocabulary(Json model) {
        var vocab = model.object("vocab").orElseThrow(() -> model.broken("has no vocab"));
        var ids = new HashMap<String, Integer>();
        var taken = new HashSet<Integer>();
        for (var token : vocab.object().keySet()) {
            var id = vocab.requireWhole(token, 0, Ids.MOST);
            if (!taken.add(id)) {
                throw vocab.broken("gives the id " + id + " twice, the second time to \"" + token + "\"");
            }
            ids.put(token, id);
        }
        return ids;
    }

    private static Map<String, Integer> unigram(Json model) {
        model.requireNoOther("type", "unk_id", "vocab", "byte_fallback");
        model.flag("byte_fallback", false);
        if (!model.isList("vocab")) {
            throw model.broken("has no list vocab");
        }
        var ids = new HashMap<String, Integer>();
        for (var piece : model.object().getAsJsonArray("vocab")) {
            if (!(piece instanceof JsonArray pair && pair.size() == 2 && isText(pair.get(0)) && isScore(pair.get(1)))) {
                throw model.broken("has in its vocab, at " + ids.size() + ", something else than a text and a score");
            }
            var text = pair.get(0).getAsString();
            if (text.isEmpty() || ids.put(text, ids.size()) != null) {
                throw model.broken("has in its vocab, at " + ids.size() + ", an empty text or one that is there twice");
            }
        }
        model.requireWhole("unk_id", 0, ids.size() - 1);
        return ids;
    }

    private static boolean isText(JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isString();
    }

    private static boolean isScore(JsonElement element) {
        return element instanceof JsonPrimitive primitive
                && primitive.isNumber()
                && Math.abs(primitive.getAsDouble()) <= 1e30;
    }
}
