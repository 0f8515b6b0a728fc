package karuta.project;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import karuta.api.KarutaException;
import karuta.files.FolderTree;

/** Writes the project of a strategy, whole or not at all. */
public final class NewProject {

    private NewProject() {}

    /**
     * Writes it.
     *
     * @param folder which is made; the one around it must be there
     * @return the files in it, the strategy's class first
     * @throws KarutaException if there is something of that name, or it cannot be written
     */
    public static List<Path> write(Path folder, ProjectKind kind, ProjectName name, Installation karuta) {
        var place = folder.toAbsolutePath().normalize();
        var parent = place.getParent();
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) || parent == null) {
            throw new KarutaException(
                    "There is something at " + folder + " already.", "Name a folder that is not there: --dir FOLDER.");
        }
        if (!Files.isDirectory(parent)) {
            throw new KarutaException(
                    "There is no folder " + parent + " to put the project into.",
                    "Make it, or name another one: --dir FOLDER.");
        }
        var files = new ProjectTemplate(kind, name, karuta).files();
        try {
            var draft = Files.createTempDirectory(parent, ".karuta-new-");
            try {
                var root = Files.createDirectory(draft.resolve("project")); // with the rights of the umask
                for (var file : files.entrySet()) {
                    var path = root.resolve(file.getKey());
                    Files.createDirectories(path.getParent());
                    Files.writeString(path, file.getValue());
                }
                Files.move(root, place, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                FolderTree.delete(draft);
            }
        } catch (IOException refused) {
            throw new KarutaException(
                    "The project cannot be written to " + folder + ": " + reason(refused) + ".",
                    "Go to a folder that you may write, with some space left, or name one: --dir FOLDER.",
                    refused);
        }
        return files.keySet().stream().map(folder::resolve).toList();
    }

    /** In words, without the path, which is told anyway. */
    static String reason(IOException failed) {
        var kind = failed.getClass().getSimpleName().replace("Exception", "");
        if (failed instanceof FileSystemException of && of.getReason() == null) {
            return switch (kind) {
                case "AccessDenied" -> "you may not write there";
                case "NoSuchFile" -> "the folder is gone";
                default -> kind;
            };
        }
        return failed instanceof FileSystemException of ? of.getReason() : String.valueOf(failed.getMessage());
    }
}
