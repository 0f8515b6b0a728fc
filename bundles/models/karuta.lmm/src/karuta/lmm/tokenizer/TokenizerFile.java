package karuta.lmm.tokenizer;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.lmm.config.Json;
import karuta.lmm.config.StrictJson;
import karuta.lmm.tokenizer.Normalizers.Loss;
import karuta.safetensors.FirstBytes;

/**
 * A {@code tokenizer.json} that was found to be in order.
 *
 * @param json what was checked, written anew, so that the native library reads nothing else; without truncation and
 *     padding
 * @param added ids of the tokens that are matched as a whole, by their text
 * @param size 1 more than the largest id
 */
public record TokenizerFile(String json, Map<String, Integer> added, int size) {

    private static final long MAX_BYTES = 128 << 20;

    /**
     * Reads and checks a file.
     *
     * @throws KarutaException that says what is wrong, and where in the file
     */
    public static TokenizerFile read(Path file) {
        try {
            return checked(new Json("Cannot use " + file + ": the tokenizer", StrictJson.read(file, MAX_BYTES)));
        } catch (IOException e) {
            throw FirstBytes.explain(file)
                    .orElseGet(() -> new KarutaException(
                            "Cannot use " + file + ": " + e.getMessage(),
                            "Give the folder a complete tokenizer.json; a tokenizer.model alone is not read.",
                            e));
        }
    }

    private static TokenizerFile checked(Json json) {
        json.requireNoOther(
                "version",
                "truncation",
                "padding",
                "added_tokens",
                "normalizer",
                "pre_tokenizer",
                "post_processor",
                "decoder",
                "model");
        json.oneOf("version", "1.0");
        json.object("truncation");
        json.object("padding");
        var loss = json.object("normalizer").map(Normalizers::check).orElse(Loss.NOTHING);
        json.object("pre_tokenizer").ifPresent(PreTokenizers::check);
        json.object("decoder").ifPresent(Decoders::check);
        var model = json.object("model").orElseThrow(() -> json.broken("has no model"));
        var type = TokenModel.typeOf(model);
        var vocabulary = new Ids(TokenModel.check(type, model), loss);
        if (json.has("added_tokens")) {
            json.objects("added_tokens").forEach(vocabulary::add);
        }
        json.object("post_processor").ifPresent(processor -> PostProcessors.check(processor, vocabulary));
        return new TokenizerFile(written(json.object(), type), vocabulary.added(), vocabulary.size());
    }

    /** Older files leave out the model's type, which the library then guesses. */
    private static String written(JsonObject json, String type) {
        json.remove("truncation");
        json.remove("padding");
        json.getAsJsonObject("model").addProperty("type", type);
        return json.toString();
    }

    /** The file as the native library gets it. */
    public byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
