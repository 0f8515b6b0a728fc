package karuta.samples;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import karuta.api.KarutaException;

/**
 * What a file holds, one after the other and never all at once: the elements of a JSON list or JSON lines, whatever the file
 * is called, or what an object has.
 *
 * @param file UTF-8
 */
public record Elements(Path file) {

    /** Looking for the first character goes so far. */
    private static final int AHEAD = 1 << 12;

    /** Takes elements. */
    @FunctionalInterface
    public interface Sink {

        /**
         * @param where the element is, for messages
         * @return whether another one is wanted
         */
        boolean take(JsonElement element, String where);
    }

    /** Takes the members of an object. */
    @FunctionalInterface
    public interface MemberSink {

        /** @param where the member is, for messages */
        void take(String key, JsonElement value, String where);
    }

    /** Reads the file from its beginning. */
    @FunctionalInterface
    private interface Body {

        void read(BufferedReader text) throws IOException;
    }

    /**
     * Gives elements until there is none or none is wanted; what comes after is not read.
     *
     * @throws KarutaException if the file cannot be read, or what was read of it is broken
     */
    public void each(Sink sink) {
        each(sink, broken -> {
            throw broken;
        });
    }

    /**
     * The same, but goes on behind a line that is broken.
     *
     * @param broken is told of it
     */
    public void each(Sink sink, Consumer<KarutaException> broken) {
        read(text -> {
            if (first(text) == '[') {
                try (var json = JsonFile.strict(text)) {
                    if (elements(json, "element", sink)) {
                        end(json);
                    }
                }
            } else {
                lines(text, sink, broken);
            }
        });
    }

    /**
     * Gives the elements of a list that is a member of the file's object.
     *
     * @throws KarutaException if the file cannot be read, is broken, or has no such list
     */
    public void eachOf(String member, Sink sink) {
        read(text -> {
            try (var json = JsonFile.strict(text)) {
                if (json.peek() != JsonToken.BEGIN_OBJECT || !list(json, member, sink)) {
                    throw new KarutaException(
                            "The file " + file + " has no list \"" + member + "\".",
                            "Is it the file that it should be?");
                }
            }
        });
    }

    private boolean list(JsonReader json, String member, Sink sink) throws IOException {
        var found = false;
        json.beginObject();
        while (json.hasNext()) {
            if (!json.nextName().equals(member) || json.peek() != JsonToken.BEGIN_ARRAY) {
                json.skipValue();
            } else {
                found = true;
                if (!elements(json, "element of \"" + member + "\"", sink)) {
                    return true;
                }
            }
        }
        json.endObject();
        end(json);
        return found;
    }

    /**
     * Gives the members of the file's object.
     *
     * @throws KarutaException if the file cannot be read, is broken, or is no object
     */
    public void eachMember(MemberSink sink) {
        read(text -> {
            try (var json = JsonFile.strict(text)) {
                if (json.peek() != JsonToken.BEGIN_OBJECT) {
                    throw new KarutaException(
                            "The file " + file + " is no JSON object.", "Is it the file that it should be?");
                }
                json.beginObject();
                while (json.hasNext()) {
                    var key = json.nextName();
                    sink.take(key, JsonParser.parseReader(json), "The file " + file + ", \"" + key + "\"");
                }
                json.endObject();
                end(json);
            }
        });
    }

    private void read(Body body) {
        try (var text = JsonFile.open(file)) {
            body.read(text);
        } catch (OutOfMemoryError full) {
            throw full(full);
        } catch (MalformedJsonException | JsonParseException e) {
            throw e.getCause() instanceof OutOfMemoryError full ? full(full) : JsonFile.broken(file, e);
        } catch (CharacterCodingException e) {
            throw JsonFile.noText(file, e);
        } catch (IOException e) {
            throw JsonFile.unreadable(file, e);
        }
    }

    private static int first(BufferedReader text) throws IOException {
        text.mark(AHEAD);
        var character = text.read();
        for (var read = 1; Character.isWhitespace(character) && read < AHEAD; read++) {
            character = text.read();
        }
        text.reset();
        return character;
    }

    /** Whether all were wanted. */
    private boolean elements(JsonReader json, String each, Sink sink) throws IOException {
        json.beginArray();
        for (var number = 1; json.hasNext(); number++) {
            if (!sink.take(JsonParser.parseReader(json), "The file " + file + ", " + each + " " + number)) {
                return false;
            }
        }
        json.endArray();
        return true;
    }

    private static void end(JsonReader json) throws IOException {
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw new JsonParseException("there is more after the end");
        }
    }

    private void lines(BufferedReader text, Sink sink, Consumer<KarutaException> broken) throws IOException {
        var number = 0;
        for (var line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            var where = "The file " + file + " (no JSON list, so one sample a line), line " + number;
            if (line.isBlank()) {
                continue;
            }
            var element = element(line, where, broken);
            if (element.isPresent() && !sink.take(element.get(), where)) {
                return;
            }
        }
        if (number == 0) {
            throw new JsonParseException("it is empty");
        }
    }

    private static Optional<JsonElement> element(String line, String where, Consumer<KarutaException> broken)
            throws IOException {
        try {
            return Optional.of(JsonFile.parse(line));
        } catch (MalformedJsonException | JsonParseException e) {
            if (e.getCause() instanceof OutOfMemoryError full) {
                throw full;
            }
            broken.accept(new KarutaException(
                    where + " is broken JSON.", "Mend that line, or make the file a JSON list: [{...}, {...}].", e));
            return Optional.empty();
        }
    }

    private KarutaException full(OutOfMemoryError full) {
        return new KarutaException(
                "Java's memory is full: the samples of " + file + " do not fit into the "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MB that it may have.",
                "Give it more, such as KARUTA_JAVA_OPTS=-Xmx8g, or read less with the options \"train\" and \"test\".",
                full);
    }
}
