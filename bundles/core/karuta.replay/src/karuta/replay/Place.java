package karuta.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.files.Access;
import karuta.files.FolderTree;

/**
 * Where a run is run again.
 *
 * @param folder empty at first
 * @param kept whether it stays
 */
record Place(Path folder, boolean kept) implements AutoCloseable {

    /**
     * Makes it.
     *
     * @param wanted a folder that stays; empty for a temporary one
     * @throws KarutaException if there is something in it: what is compared shall be what was run now
     */
    static Place of(Optional<Path> wanted) {
        try {
            if (wanted.isEmpty()) {
                return new Place(Files.createTempDirectory("karuta.replay."), false);
            }
            var folder = Access.PRIVATE.folders(wanted.get());
            if (!FolderTree.isEmpty(folder)) {
                throw new KarutaException(folder + " is not empty.", "Name another folder for the new run.");
            }
            return new Place(folder, true);
        } catch (IOException unusable) {
            throw new KarutaException(
                    "Cannot make a folder for the new run (" + unusable + ").",
                    "Name another one, or check who owns it and whether the disk is full.",
                    unusable);
        }
    }

    @Override
    public void close() {
        try {
            if (!kept) {
                FolderTree.delete(folder);
            }
        } catch (IOException stuck) {
            throw new KarutaException(
                    "The temporary folder " + folder + " cannot be removed (" + stuck + ").", "Remove it.", stuck);
        }
    }
}
