package karuta.lmm;

import java.nio.file.Files;
import java.nio.file.Path;
import karuta.api.KarutaException;

/** Model folders that a study names. */
final class Folders {

    private Folders() {}

    static Path of(String part, String path) {
        if (path.isBlank() || !Files.isDirectory(Path.of(path))) {
            throw new KarutaException(
                    "The " + part + "'s path \"" + path + "\" is no folder.",
                    "Give the folder of a Hugging Face model.");
        }
        return Path.of(path);
    }
}
