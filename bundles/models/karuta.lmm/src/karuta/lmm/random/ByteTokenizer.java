package karuta.lmm.random;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/**
 * A tokenizer for models that know no language: a token per byte of a text (about four times as many as LLaMA's own),
 * and the special tokens.
 */
final class ByteTokenizer {

    private static final String IMAGE = "<image>";

    static final int START = 1;
    static final int END = 2;
    private static final int FIRST_BYTE = 3;

    private ByteTokenizer() {}

    /** @param image id of the image token, behind those of the bytes */
    static JsonObject of(int image) {
        var added = new JsonArray();
        added.add(special(0, "<unk>"));
        added.add(special(START, "<s>"));
        added.add(special(END, "</s>"));
        added.add(special(image, IMAGE));
        var tokenizer = new JsonObject();
        tokenizer.addProperty("version", "1.0");
        tokenizer.add("added_tokens", added);
        tokenizer.add("pre_tokenizer", byteLevel());
        tokenizer.add("post_processor", startingEveryText());
        tokenizer.add("decoder", byteLevel());
        tokenizer.add("model", model(image));
        return tokenizer;
    }

    private static JsonObject special(int id, String content) {
        var token = new JsonObject();
        token.addProperty("id", id);
        token.addProperty("content", content);
        for (var flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
            token.addProperty(flag, false);
        }
        token.addProperty("special", true);
        return token;
    }

    private static JsonObject byteLevel() {
        var step = new JsonObject();
        step.addProperty("type", "ByteLevel");
        step.addProperty("add_prefix_space", false);
        step.addProperty("trim_offsets", true);
        step.addProperty("use_regex", false);
        return step;
    }

    private static JsonObject startingEveryText() {
        var ids = new JsonArray();
        ids.add(START);
        var tokens = new JsonArray();
        tokens.add("<s>");
        var start = new JsonObject();
        start.addProperty("id", "<s>");
        start.add("ids", ids);
        start.add("tokens", tokens);
        var specials = new JsonObject();
        specials.add("<s>", start);
        var single = new JsonArray();
        single.add(piece("SpecialToken", "<s>", 0));
        single.add(piece("Sequence", "A", 0));
        var pair = single.deepCopy();
        pair.add(piece("Sequence", "B", 1));
        var step = new JsonObject();
        step.addProperty("type", "TemplateProcessing");
        step.add("single", single);
        step.add("pair", pair);
        step.add("special_tokens", specials);
        return step;
    }

    private static JsonObject piece(String kind, String id, int type) {
        var inner = new JsonObject();
        inner.addProperty("id", id);
        inner.addProperty("type_id", type);
        var piece = new JsonObject();
        piece.add(kind, inner);
        return piece;
    }

    private static JsonObject model(int image) {
        var vocabulary = new JsonObject();
        vocabulary.addProperty("<unk>", 0);
        vocabulary.addProperty("<s>", START);
        vocabulary.addProperty("</s>", END);
        vocabulary.addProperty(IMAGE, image); // or it would get the next free id, whatever is said above
        var next = 256;
        for (var value = 0; value < 256; value++) {
            var printable = value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xAC || value >= 0xAE;
            // GPT-2's alphabet: bytes that are no printable character get one from 256 on, in their order
            vocabulary.addProperty(Character.toString(printable ? value : next++), FIRST_BYTE + value);
        }
        var model = new JsonObject();
        model.addProperty("type", "BPE");
        model.add("vocab", vocabulary);
        model.add("merges", new JsonArray());
        return model;
    }
}
