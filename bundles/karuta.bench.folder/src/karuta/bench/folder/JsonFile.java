package karuta.bench.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import karuta.api.KarutaException;

/** Reads JSON strictly and says where it is broken. */
final class JsonFile {

    private JsonFile() {}

    static JsonElement read(Path file) {
        try (var reader = new JsonReader(new StringReader(text(file)))) {
            reader.setStrictness(Strictness.STRICT);
            var content = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonParseException("there is more after the end");
            }
            return content;
        } catch (MalformedJsonException | JsonParseException e) {
            throw broken(file, e);
        } catch (CharacterCodingException e) {
            throw new KarutaException("The file " + file + " is not UTF-8 text.", "Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new KarutaException(
                    "The file " + file + " cannot be read (" + e.getMessage() + ").",
                    "Is it there, and may this user read it?",
                    e);
        }
    }

    private static String text(Path file) throws IOException {
        var text = Files.readString(file);
        return text.startsWith("\uFEFF") ? text.substring(1) : text; // a byte order mark
    }

    /** Gson's messages end with "at line L column C path P"; what comes before is about Gson. */
    private static KarutaException broken(Path file, Exception e) {
        var message = String.valueOf(e.getMessage());
        var place = message.indexOf(" at line ");
        var what = place < 0
                ? " (" + message + ")"
                : message.substring(place).lines().findFirst().orElse("");
        return new KarutaException(
                "The file " + file + " is broken JSON" + what + ".",
                "It must be a JSON list of samples; mend it at that place.",
                e);
    }

    /** The text of a member, which may be written as a number. */
    static Optional<String> text(JsonObject object, String key) {
        return Optional.ofNullable(object.get(key))
                .filter(value ->
                        value.isJsonPrimitive() && !value.getAsJsonPrimitive().isBoolean())
                .map(JsonElement::getAsString);
    }

    /** The list of a member. */
    static Optional<JsonArray> list(JsonObject object, String key) {
        return Optional.ofNullable(object.get(key))
                .filter(JsonElement::isJsonArray)
                .map(JsonElement::getAsJsonArray);
    }
}
