package karuta.intake;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.samples.JsonFile;
import karuta.samples.Shape.Dialogue;

/** How data is written. */
public enum Form {
    /** A line with headings and a row per sample: CSV, TSV. */
    TABLE("a table"),
    /** An object per sample, a JSON list or JSON lines. */
    OBJECTS("JSON objects"),
    /** A folder per class: what a sample's answer is, its folder's name says. */
    CLASSES("a folder per class"),
    /** LLaVA's training files. */
    LLAVA("LLaVA's JSON"),
    /** The caption files of COCO: {@code images} and {@code annotations}. */
    COCO("COCO's captions"),
    /** The standard format of ms-swift: {@code messages} and {@code images}. */
    SWIFT("ms-swift's JSON");

    private final String words;

    Form(String words) {
        this.words = words;
    }

    /** What it is, for messages. */
    public String words() {
        return words;
    }

    /**
     * What a file or folder looks like.
     *
     * @throws KarutaException if it is not there, or nothing that can be read
     */
    public static Form of(Path source) {
        if (Files.isDirectory(source)) {
            return CLASSES;
        }
        if (!Files.isRegularFile(source)) {
            throw new KarutaException("There is no file or folder " + source + ".", "Correct the path.");
        }
        var name = source.getFileName().toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv", "tsv", "txt", "tab" -> TABLE;
            case "json", "jsonl", "ndjson" -> json(source);
            case "xlsx", "xls", "ods" ->
                throw new KarutaException(source + " is a spreadsheet.", "Save it as CSV, and import that.");
            case "parquet", "arrow" ->
                throw new KarutaException(
                        source + " is a binary table.", "Write it as CSV or JSON lines, and import that.");
            default ->
                throw new KarutaException(
                        "What " + source + " is, its name does not say.", "Say so by --as, such as --as table.");
        };
    }

    private static Form json(Path file) {
        var names = names(file);
        if (names.contains("annotations") && names.contains("images")) {
            return COCO;
        }
        if (names.contains(Dialogue.LLAVA.key())) {
            return LLAVA;
        }
        return names.contains(Dialogue.MESSAGES.key()) ? SWIFT : OBJECTS;
    }

    /** Of the members of the first object. */
    private static Set<String> names(Path file) {
        var names = new HashSet<String>();
        try (var json = new JsonReader(JsonFile.open(file))) {
            json.setStrictness(Strictness.STRICT);
            if (json.peek() == JsonToken.BEGIN_ARRAY) {
                json.beginArray();
            }
            if (json.peek() != JsonToken.BEGIN_OBJECT) {
                return names;
            }
            json.beginObject();
            while (json.hasNext()) {
                names.add(json.nextName());
                json.skipValue();
            }
        } catch (IOException | JsonParseException | IllegalStateException unreadable) {
            return names; // told with its place where it is read
        }
        return names;
    }
}
