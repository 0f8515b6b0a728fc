package karuta.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import karuta.api.KarutaException;

/**
 * A text file of whatever encoding: what is said, or else what its byte order mark says, or else UTF-8.
 *
 * @param file it is in
 * @param encoding that is said
 */
record TextFile(Path file, Optional<Charset> encoding) {

    private static final int MARK = 2;

    /** Reads text. */
    @FunctionalInterface
    interface Body {

        void read(BufferedReader text) throws IOException;
    }

    /** @throws KarutaException if it cannot be read, or is of another encoding */
    void read(Body body) {
        try (var text = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), charset().newDecoder()))) {
            body.read(text);
        } catch (OutOfMemoryError full) {
            throw new KarutaException(
                    "Java's memory is full: the rows of " + file + " do not fit into it.",
                    "Give it more: KARUTA_JAVA_OPTS=-Xmx8g. Or import the file in parts.",
                    full);
        } catch (CharacterCodingException other) {
            throw new KarutaException(
                    file + " is no text in "
                            + encoding.orElse(StandardCharsets.UTF_8).name() + ".",
                    "Say which encoding it has, such as --encoding windows-1252, or save it as UTF-8.",
                    other);
        } catch (IOException unreadable) {
            throw new KarutaException(
                    file + " cannot be read (" + unreadable.getMessage() + ").",
                    "Is it there, and may this user read it?",
                    unreadable);
        }
    }

    /** A mark itself is read as a character. */
    private Charset charset() throws IOException {
        if (encoding.isPresent()) {
            return encoding.get();
        }
        try (var bytes = Files.newInputStream(file)) {
            var first = bytes.readNBytes(MARK);
            var wide = first.length == MARK
                    && ((first[0] & 0xFF) == 0xFF && (first[1] & 0xFF) == 0xFE
                            || (first[0] & 0xFF) == 0xFE && (first[1] & 0xFF) == 0xFF);
            return wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        }
    }
}
