package karuta.lmm.config;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * JSON to the letter: UTF-8, one object and nothing behind it, no key twice, no half of a surrogate pair, not deeper
 * than Python's writers nest.
 */
public final class StrictJson {

    private static final int DEPTH = 64;
    private static final int LONGEST_NUMBER = 64;
    private static final int SHOWN = 60;

    private final JsonReader reader;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();

    private StrictJson(String text) {
        reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(DEPTH);
    }

    /**
     * Reads a file.
     *
     * @param most bytes that it may have
     * @throws IOException if it cannot be read, or is no such JSON; the message says where
     */
    public static JsonObject read(Path file, long most) throws IOException {
        if (Files.size(file) > most) {
            throw new IOException("it has " + Files.size(file) + " bytes; such files may have up to " + most);
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file)));
            return new StrictJson(text.toString()).whole();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8", e);
        } catch (MalformedJsonException | EOFException | JsonParseException | IllegalStateException e) {
            throw new IOException(plain(e), e);
        }
    }

    /** What the parser says, without its advice to programmers. */
    private static String plain(Exception e) {
        var message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return message.replaceFirst("^.*Exception: ", "")
                .replace("Use JsonReader.setStrictness(Strictness.LENIENT) to accept malformed JSON", "broken JSON");
    }

    /** A text out of a file, short and without control characters. */
    static String shown(String text) {
        var plain = text.replaceAll("[^\\p{Graph} ]", "?");
        return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "..." : plain;
    }

    private JsonObject whole() throws IOException {
        if (reader.peek() != JsonToken.BEGIN_OBJECT) {
            throw new IOException("it is no JSON object");
        }
        var object = object();
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new IOException("something follows its object");
        }
        return object;
    }

    private JsonObject object() throws IOException {
        var object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            var key = sound(reader.nextName());
            if (object.has(key)) {
                throw new IOException("it has the key \"" + shown(key) + "\" twice" + place());
            }
            object.add(key, element());
        }
        reader.endObject();
        return object;
    }

    private JsonElement element() throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                return object();
            }
            case BEGIN_ARRAY -> {
                var array = new JsonArray();
                reader.beginArray();
                while (reader.hasNext()) {
                    array.add(element());
                }
                reader.endArray();
                return array;
            }
            default -> {
                var value = JsonParser.parseReader(reader);
                if (value.isJsonPrimitive()) {
                    var text = sound(value.getAsString());
                    if (value.getAsJsonPrimitive().isNumber() && text.length() > LONGEST_NUMBER) {
                        throw new IOException("it has a number of " + text.length() + " digits" + place());
                    }
                }
                return value;
            }
        }
    }

    private String sound(String text) throws IOException {
        if (!encoder.canEncode(text)) {
            throw new IOException("it has half of a surrogate pair in a text" + place());
        }
        return text;
    }

    /** As JsonReader says it in its own messages. */
    private String place() {
        return reader.toString().replaceFirst("^JsonReader", "");
    }
}
