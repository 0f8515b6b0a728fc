package karuta.lmm.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.api.KarutaException;
import karuta.files.FolderTree;

/** A folder to write to, in which nothing can be overwritten. */
public final class EmptyFolder {

    private EmptyFolder() {}

    /**
     * Makes it, if it is not there.
     *
     * @return the folder
     * @throws KarutaException if there is something in it, or it cannot be made
     */
    public static Path prepare(Path folder) {
        try {
            Files.createDirectories(folder);
            if (!FolderTree.isEmpty(folder)) {
                throw new KarutaException(folder + " is not empty.", "Give a new folder, or an empty one.");
            }
            return folder;
        } catch (IOException e) {
            throw new KarutaException("Cannot write to " + folder + ": " + e, "Check its access rights.", e);
        }
    }
}
