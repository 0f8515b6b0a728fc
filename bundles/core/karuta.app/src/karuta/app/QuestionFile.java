package karuta.app;

import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.picture.ImageFiles;
import karuta.samples.ImageFile;
import karuta.samples.JsonFile;

/** Questions in a file, a line of JSON each, read as they are asked: there may be more than fit into memory. */
final class QuestionFile implements AutoCloseable {

    /** Of byte order. */
    private static final String MARK = "\uFEFF";

    private static final String REMEDY = "Write {\"image\": \"x.png\", \"question\": \"...\"} in each line.";

    /** A line that is not empty. */
    sealed interface Line {

        /** From 1. */
        long number();

        /** A question. */
        record Asked(long number, Query query) implements Line {}

        /** Something else. */
        record Faulty(long number, KarutaException why) implements Line {}
    }

    private final Path file;
    private final BufferedReader text;
    private long read;

    private QuestionFile(Path file, BufferedReader text) {
        this.file = file;
        this.text = text;
    }

    /** @throws KarutaException if it cannot be read */
    static QuestionFile open(Path file) {
        if (!Files.exists(file)) {
            throw new KarutaException("There is no file " + file + ".", "Check the path.");
        }
        try {
            return new QuestionFile(file, Files.newBufferedReader(file, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    /**
     * The next lines.
     *
     * @return none at the end of the file
     * @throws KarutaException if the file cannot be read
     */
    List<Line> next(int most) {
        var lines = new ArrayList<Line>();
        while (lines.size() < most) {
            var line = line();
            if (line.isEmpty()) {
                break;
            }
            line.filter(text -> !text.isBlank()).ifPresent(text -> lines.add(parsed(text)));
        }
        return lines;
    }

    private Optional<String> line() {
        try {
            read++;
            var line = Optional.ofNullable(text.readLine());
            return read == 1 ? line.map(first -> first.startsWith(MARK) ? first.substring(1) : first) : line;
        } catch (CharacterCodingException foreign) {
            throw new KarutaException(
                    file + " is not UTF-8 text near line " + read + ".", "Save it as UTF-8.", foreign);
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    private Line parsed(String line) {
        try {
            var object = JsonFile.parse(line).getAsJsonObject();
            var question = Optional.ofNullable(object.get("question"))
                    .filter(value -> value instanceof JsonPrimitive text && text.isString())
                    .orElseThrow(() -> new IllegalStateException("\"question\" is missing, or no text"))
                    .getAsString();
            var images = JsonFile.texts(object, "image").stream()
                    .map(name -> image(file.resolveSibling(name)))
                    .toList();
            return new Line.Asked(read, question(images, question));
        } catch (KarutaException unfit) {
            return new Line.Faulty(read, unfit);
        } catch (IOException | JsonParseException broken) {
            return new Line.Faulty(read, new KarutaException("This is no question, and no JSON.", REMEDY, broken));
        } catch (IllegalStateException | InvalidPathException unfit) {
            return new Line.Faulty(
                    read, new KarutaException("This is no question: " + unfit.getMessage() + ".", REMEDY, unfit));
        }
    }

    /** @throws KarutaException if it asks nothing */
    static Query question(List<Image> images, String question) {
        if (question.isBlank() && images.isEmpty()) {
            throw new KarutaException("The question is empty.", "Ask something, or show an image.");
        }
        return new Query(images, List.of(), question);
    }

    /** @throws KarutaException if no file is there */
    static Image image(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new KarutaException("There is no image " + path + ".", "Check the path.");
        }
        return new ImageFile(path, ImageFiles.STORED);
    }

    private static KarutaException unreadable(Path file, IOException why) {
        return new KarutaException("Cannot read " + file + ": " + why, "Check the path.", why);
    }

    @Override
    public void close() {
        try {
            text.close();
        } catch (IOException unread) {
            throw unreadable(file, unread);
        }
    }
}
