package karuta.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be told if the program does not come to its end: code that was dropped in may end it in ways that no code of ours
 * survives ({@code Runtime.halt}, a native library that breaks down). The launcher names the file, tells what it finds in it
 * after such an end, and ends with the code of what cannot be used.
 *
 * @param file where the launcher looks; empty without one
 */
record LastWill(Optional<Path> file) implements AutoCloseable {

    private static final String FILE = "karuta.will";

    static LastWill ofProcess() {
        return new LastWill(Optional.ofNullable(System.getProperty(FILE)).map(Path::of));
    }

    /** Puts it in place of what was written before. */
    void write(String text) {
        file.ifPresent(place -> {
            try {
                Files.writeString(place, text + System.lineSeparator());
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        });
    }

    /** The program has come to an end by itself. */
    @Override
    public void close() {
        file.ifPresent(place -> {
            try {
                Files.deleteIfExists(place);
            } catch (IOException locked) {
                throw new UncheckedIOException(locked);
            }
        });
    }
}
