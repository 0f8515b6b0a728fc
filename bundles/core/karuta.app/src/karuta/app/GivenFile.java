package karuta.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.api.KarutaException;

/** A file that the command line names. */
final class GivenFile {

    private GivenFile() {}

    /**
     * What is in it.
     *
     * @throws KarutaException if it cannot be read
     */
    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new KarutaException("Cannot read " + file + ": " + unreadable, "Check the path.", unreadable);
        }
    }
}
