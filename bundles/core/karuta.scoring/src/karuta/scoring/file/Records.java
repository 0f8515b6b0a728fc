package karuta.scoring.file;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import karuta.api.KarutaException;

/**
 * The records of a file, one after the other and never all at once: of a JSON array, of lines, or of the lists in one
 * object.
 *
 * @param file UTF-8
 */
record Records(Path file) {

    /** The members of one object whose lists hold records: MLLM-CTBench's, and ScienceQA's. */
    private static final Set<String> LISTS = Set.of("results", "correct", "incorrect");

    /** The member that is a map from ids to answers. */
    private static final String MAP = "outputs";

    private static final String LINES_REMEDY = "Mend that line; an answer a line is what such a file has.";
    private static final String JSON_REMEDY = "Mend it at that place, or write the file again.";

    /** Takes records. */
    @FunctionalInterface
    interface Sink {

        /**
         * @param where the record is, for messages
         * @return whether another one is wanted
         */
        boolean take(Members record, String where);
    }

    /** Reads something of a file. */
    @FunctionalInterface
    private interface Reading<T> {

        T from(BoundedText text) throws IOException;
    }

    /** How the records lie, whatever the file is called. */
    Layout layout() {
        return read(text -> {
            var first = text.peek();
            if (first == '[') {
                return Layout.ARRAY;
            }
            if (first != '{') {
                throw new KarutaException(
                        "The file " + file + (first < 0 ? " is empty." : " is no JSON."),
                        "Name a file of predictions; `karuta score --help` lists the forms that can be read.");
            }
            return holdsRecords(text) ? Layout.OBJECT : Layout.LINES;
        });
    }

    /** Whether the first object has lists of records rather than being one. */
    private static boolean holdsRecords(Reader text) throws IOException {
        var json = json(text);
        json.beginObject();
        while (json.hasNext()) {
            if (isContainer(json.nextName(), json.peek())) {
                return true;
            }
            json.skipValue();
        }
        return false;
    }

    private static boolean isContainer(String name, JsonToken begin) {
        return LISTS.contains(name) && begin == JsonToken.BEGIN_ARRAY
                || name.equals(MAP) && begin == JsonToken.BEGIN_OBJECT;
    }

    /**
     * Gives records until there is none or none is wanted; what comes after is not read.
     *
     * @throws KarutaException if the file cannot be read, or what was read of it is broken
     */
    void each(Layout layout, Sink sink) {
        read(text -> {
            switch (layout) {
                case LINES -> lines(text, sink);
                case ARRAY -> {
                    var json = json(text);
                    if (list(text, json, sink, "record ")) {
                        end(json);
                    }
                }
                case OBJECT -> object(text, sink);
            }
            return layout;
        });
    }

    private void lines(BoundedText text, Sink sink) throws IOException {
        var line = text.line();
        for (var number = 1; line.isPresent(); number++) {
            var where = "line " + number;
            if (!line.get().isBlank() && !sink.take(record(line.get(), where), where)) {
                return;
            }
            line = text.line();
        }
    }

    private Members record(String line, String where) throws IOException {
        try (var json = json(new StringReader(line))) {
            if (json.peek() != JsonToken.BEGIN_OBJECT) {
                throw new JsonParseException("a record is a JSON object");
            }
            var record = Members.read(json);
            end(json);
            return record;
        } catch (MalformedJsonException | JsonParseException | EOFException e) {
            throw new KarutaException("The file " + file + ", " + where + ", is broken JSON.", LINES_REMEDY, e);
        }
    }

    private static boolean list(BoundedText text, JsonReader json, Sink sink, String where) throws IOException {
        json.beginArray();
        for (var number = 1; json.hasNext(); number++) {
            text.next();
            if (json.peek() != JsonToken.BEGIN_OBJECT) {
                throw new JsonParseException("record " + number + " is no JSON object");
            }
            if (!sink.take(Members.read(json), where + number)) {
                return false;
            }
        }
        json.endArray();
        return true;
    }

    private static void object(BoundedText text, Sink sink) throws IOException {
        var json = json(text);
        json.beginObject();
        while (json.hasNext()) {
            var name = json.nextName();
            text.next();
            if (!isContainer(name, json.peek())) {
                json.skipValue();
            } else if (!(name.equals(MAP) ? map(text, json, sink) : list(text, json, sink, name + " "))) {
                return;
            }
        }
        json.endObject();
        end(json);
    }

    private static boolean map(BoundedText text, JsonReader json, Sink sink) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            text.next();
            var name = json.nextName();
            if (!sink.take(Members.entry(name, JsonParser.parseReader(json)), "answer to " + name)) {
                return false;
            }
        }
        json.endObject();
        return true;
    }

    private static void end(JsonReader json) throws IOException {
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw new JsonParseException("there is more after the end");
        }
    }

    private static JsonReader json(Reader text) {
        var json = new JsonReader(text);
        json.setStrictness(Strictness.LEGACY_STRICT);
        return json;
    }

    private <T> T read(Reading<T> reading) {
        try (var text = BoundedText.open(file)) {
            return reading.from(text);
        } catch (MalformedJsonException | JsonParseException | EOFException e) {
            throw new KarutaException("The file " + file + " is broken JSON" + place(e) + ".", JSON_REMEDY, e);
        } catch (BoundedText.TooLongException e) {
            throw new KarutaException(
                    "A record of the file " + file + " " + e.getMessage() + ".",
                    "Is it a file of predictions, and is it whole?",
                    e);
        } catch (CharacterCodingException e) {
            throw new KarutaException("The file " + file + " is not UTF-8 text.", "Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new KarutaException(
                    "The file " + file + " cannot be read (" + reason(e) + ").",
                    "Is it there, and may this user read it?",
                    e);
        }
    }

    private String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        return Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
    }

    /** Gson's messages end with "at line L column C path P"; what comes before is about Gson. */
    private static String place(Exception e) {
        var message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        var place = message.indexOf(" at line ");
        return place < 0 ? " (" + message + ")" : message.substring(place);
    }
}
