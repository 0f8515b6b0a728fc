package karuta.samples;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;

/** Reads JSON strictly and says where it is broken. */
public final class JsonFile {

    private JsonFile() {}

    /** Reads a small file as a whole. */
    public static JsonElement read(Path file) {
        try (var text = open(file);
                var json = strict(text)) {
            return whole(json);
        } catch (MalformedJsonException | JsonParseException e) {
            throw broken(file, e);
        } catch (CharacterCodingException e) {
            throw noText(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** What a text says as a whole. */
    public static JsonElement parse(String text) throws IOException {
        try (var json = strict(new StringReader(text))) {
            return whole(json);
        }
    }

    private static JsonElement whole(JsonReader json) throws IOException {
        var content = JsonParser.parseReader(json);
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw new JsonParseException("there is more after the end");
        }
        return content;
    }

    /** The text of a file, behind a byte order mark if there is one. Reading fails where it is not UTF-8. */
    public static BufferedReader open(Path file) throws IOException {
        var text = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()));
        try {
            text.mark(1);
            if (text.read() != '\uFEFF') {
                text.reset();
            }
            return text;
        } catch (IOException e) {
            text.close();
            throw e;
        }
    }

    static JsonReader strict(Reader text) {
        var json = new JsonReader(text);
        json.setStrictness(Strictness.STRICT);
        return json;
    }

    static KarutaException noText(Path file, CharacterCodingException e) {
        return new KarutaException("The file " + file + " is not UTF-8 text.", "Save it as UTF-8.", e);
    }

    static KarutaException unreadable(Path file, IOException e) {
        var why = e instanceof NoSuchFileException ? "it is not there" : String.valueOf(e.getMessage());
        return new KarutaException(
                "The file " + file + " cannot be read (" + why + ").", "Is it there, and may this user read it?", e);
    }

    /** Gson's messages end with "at line L column C path P"; what comes before is about Gson. */
    static KarutaException broken(Path file, Exception e) {
        var message = String.valueOf(e.getMessage());
        var place = message.indexOf(" at line ");
        var what = place < 0
                ? " (" + message + ")"
                : message.substring(place).lines().findFirst().orElse("");
        return new KarutaException(
                "The file " + file + " is broken JSON" + what + ".",
                "Mend it at that place: a file of samples is a JSON list, or has one sample a line.",
                e);
    }

    /** The text of a member, which may be written as a number. */
    public static Optional<String> text(JsonObject object, String key) {
        return Optional.ofNullable(object.get(key)).flatMap(JsonFile::text);
    }

    /** A text, which may be written as a number. */
    public static Optional<String> text(JsonElement value) {
        return Optional.of(value)
                .filter(it -> it.isJsonPrimitive() && !it.getAsJsonPrimitive().isBoolean())
                .map(JsonElement::getAsString);
    }

    /**
     * The texts at a path: one, or those of a list; truth and numbers as they are written.
     *
     * @param path such as {@code types.structural}
     * @return none if nothing is there, or something without texts
     */
    public static List<String> texts(JsonObject object, String path) {
        Optional<JsonElement> at = Optional.of(object);
        for (var key : path.split("\\.")) {
            at = at.filter(JsonElement::isJsonObject)
                    .flatMap(it -> Optional.ofNullable(it.getAsJsonObject().get(key)));
        }
        return at.map(it -> it.isJsonArray() ? it.getAsJsonArray().asList() : List.of(it)).orElse(List.of()).stream()
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .toList();
    }

    /** The list of a member. */
    public static Optional<JsonArray> list(JsonObject object, String key) {
        return Optional.ofNullable(object.get(key))
                .filter(JsonElement::isJsonArray)
                .map(JsonElement::getAsJsonArray);
    }
}
