package karuta.samples;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import karuta.api.KarutaException;

/**
 * The elements of a file, one after the other and never all at once: of a JSON list, or of JSON lines, whatever the file
 * is called.
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

    /**
     * Gives elements until there is none or none is wanted; what comes after is not read.
     *
     * @throws KarutaException if the file cannot be read, or what was read of it is broken
     */
    public void each(Sink sink) {
        try (var text = JsonFile.open(file)) {
            if (first(text) == '[') {
                list(text, sink);
            } else {
                lines(text, sink);
            }
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

    private void list(BufferedReader text, Sink sink) throws IOException {
        try (var json = JsonFile.strict(text)) {
            json.beginArray();
            for (var number = 1; json.hasNext(); number++) {
                if (!sink.take(JsonParser.parseReader(json), "The file " + file + ", element " + number)) {
                    return;
                }
            }
            json.endArray();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonParseException("there is more after the end");
            }
        }
    }

    private void lines(BufferedReader text, Sink sink) throws IOException {
        var number = 0;
        for (var line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            var where = "The file " + file + " (no JSON list, so one sample a line), line " + number;
            if (!line.isBlank() && !sink.take(element(line, where), where)) {
                return;
            }
        }
        if (number == 0) {
            throw new JsonParseException("it is empty");
        }
    }

    private JsonElement element(String line, String where) throws IOException {
        try {
            return JsonFile.parse(line);
        } catch (MalformedJsonException | JsonParseException e) {
            if (e.getCause() instanceof OutOfMemoryError full) {
                throw full;
            }
            throw new KarutaException(
                    where + " is broken JSON.", "Mend that line, or make the file a JSON list: [{...}, {...}].", e);
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
