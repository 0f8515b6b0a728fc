package karuta.bench.folder;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import karuta.api.KarutaException;
import karuta.files.FolderTree;

/** A folder that is written as a whole or not at all. */
public final class NewFolder {

    /** Writes what is in a folder. */
    @FunctionalInterface
    public interface Content {

        void fill(Path folder) throws IOException;
    }

    private NewFolder() {}

    /**
     * Writes a folder beside, which gets its name when it is done.
     *
     * @param out a folder that does not exist yet, or an empty one
     * @throws KarutaException if the folder is in use or cannot be written
     */
    public static void write(Path out, Content content) {
        var target = out.toAbsolutePath();
        check(target);
        try {
            Files.createDirectories(target.getParent());
            var name =
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
            var part = Files.createDirectory(target.resolveSibling(name));
            try {
                content.fill(part);
                Files.deleteIfExists(target);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(part);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /**
     * To be asked before long work that ends in a folder.
     *
     * @throws KarutaException if the folder is in use
     */
    public static void check(Path target) {
        if (!Files.exists(target)) {
            return;
        }
        try {
            if (!FolderTree.isEmpty(target)) {
                throw new KarutaException(
                        "The folder " + target + " is not empty.", "Name a new folder; nothing is ever overwritten.");
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    private static KarutaException unwritable(Path target, IOException e) {
        return new KarutaException(
                "The folder " + target + " cannot be written (" + e.getMessage() + ").",
                "Is there room on the disk, and may this user write there?",
                e);
    }

    /** Writes JSON for people to read. */
    public static void json(JsonElement content, Path file) throws IOException {
        var gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        Files.writeString(file, gson.toJson(content) + "\n");
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
