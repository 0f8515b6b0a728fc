package karuta.tiny;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;

/**
 * The vocabulary as Hugging Face's {@code tokenizer.json}: byte-pair encoding without merges. A piece that is a token
 * is one; of any other, the characters that are tokens stay and the rest becomes bytes, so there is no unknown token
 * and every text comes back as it was.
 */
final class TokenizerFile {

    private static final String FRAME = """
        {
          "version": "1.0",
          "truncation": null,
          "padding": null,
          "added_tokens": [],
          "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "@"},
            {"type": "Replace", "pattern": {"String": " "}, "content": "@"}
          ]},
          "pre_tokenizer": {"type": "Split", "pattern": {}, "behavior": "Isolated", "invert": false},
          "post_processor": {"type": "TemplateProcessing", "single": [], "pair": [], "special_tokens": {}},
          "decoder": {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "@"}, "content": " "},
            {"type": "ByteFallback"},
            {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0}
          ]},
          "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
            "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": true, "ignore_merges": true,
            "vocab": {}, "merges": []}
        }
        """.replace("@", Vocabulary.SPACE);

    private TokenizerFile() {}

    /**
     * The file for a model.
     *
     * @param ended whether texts get an end token, as CLIP's do
     */
    static JsonObject of(Vocabulary vocabulary, boolean ended) {
        var file = JsonParser.parseString(FRAME).getAsJsonObject();
        var added = file.getAsJsonArray("added_tokens");
        for (var token : Vocabulary.SPECIAL) {
            added.add(special(vocabulary, token));
        }
        file.getAsJsonObject("pre_tokenizer").getAsJsonObject("pattern").addProperty("Regex", Segments.REGEX);
        frame(file.getAsJsonObject("post_processor"), vocabulary, ended);
        var vocab = file.getAsJsonObject("model").getAsJsonObject("vocab");
        vocabulary.ids().forEach(vocab::addProperty);
        return file;
    }

    private static JsonObject special(Vocabulary vocabulary, String token) {
        var json = new JsonObject();
        json.addProperty("id", vocabulary.ids().get(token));
        json.addProperty("content", token);
        for (var flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
            json.addProperty(flag, false);
        }
        json.addProperty("special", true);
        return json;
    }

    private static void frame(JsonObject processor, Vocabulary vocabulary, boolean ended) {
        var names = ended ? List.of("<s>", "</s>") : List.of("<s>");
        for (var name : names) {
            var ids = new JsonArray();
            ids.add(vocabulary.ids().get(name));
            var tokens = new JsonArray();
            tokens.add(name);
            var json = new JsonObject();
            json.addProperty("id", name);
            json.add("ids", ids);
            json.add("tokens", tokens);
            processor.getAsJsonObject("special_tokens").add(name, json);
        }
        for (var part : List.of("A", "B")) {
            processor.getAsJsonArray("pair").add(step("SpecialToken", "<s>", part));
            processor.getAsJsonArray("pair").add(step("Sequence", part, part));
            if (ended) {
                processor.getAsJsonArray("pair").add(step("SpecialToken", "</s>", part));
            }
        }
        processor.getAsJsonArray("pair").asList().stream()
                .limit(names.size() + 1L)
                .forEach(processor.getAsJsonArray("single")::add);
    }

    private static JsonElement step(String kind, String id, String part) {
        var inner = new JsonObject();
        inner.addProperty("id", id);
        inner.addProperty("type_id", part.equals("A") ? 0 : 1);
        var step = new JsonObject();
        step.add(kind, inner);
        return step;
    }
}
