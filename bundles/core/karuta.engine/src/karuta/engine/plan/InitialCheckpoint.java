package karuta.engine.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.api.KarutaException;
import karuta.files.Sha256;
import karuta.study.record.RunFolder;

/**
 * The checkpoint that an arm begins with.
 *
 * @param file a run's, or one that was imported
 * @param hash SHA-256 of its content
 */
public record InitialCheckpoint(Path file, String hash) {

    /** The newest checkpoint in a folder. */
    static InitialCheckpoint in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw unusable("there is no folder " + folder);
        }
        var file = new RunFolder(folder)
                .newestCheckpoint()
                .orElseThrow(
                        () -> unusable("the folder " + folder + " holds no checkpoint (checkpoint-N.safetensors)"));
        return new InitialCheckpoint(file, hash(file));
    }

    private static KarutaException unusable(String what) {
        return new KarutaException(
                "\"from\": " + what,
                "Name the folder of one run, or of an import; a path is relative to the current directory.");
    }

    private static String hash(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException unreadable) {
            throw new KarutaException(
                    "Cannot read " + file + ": " + unreadable, "Check who owns the file.", unreadable);
        }
    }

    /** Hash and file, as {@code sha256sum} prints them. */
    public String describe() {
        return hash + "  " + file;
    }
}
