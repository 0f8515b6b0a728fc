package karuta.archive.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;
import karuta.api.KarutaException;
import karuta.archive.git.PoolRepository;
import karuta.files.Access;
import karuta.files.FolderTree;
import karuta.files.FullDisk;
import karuta.files.TemporaryFolder;

/**
 * A new pool. It is made beside its place and moved there when it is whole: who is killed at that leaves none.
 *
 * @param folder where it shall be; not there yet, or empty
 * @param memory forgets the pool that may have been there before
 */
public record PoolBeginning(Path folder, Memory memory) {

    private static final String DRAFT = ".karuta-new-pool";

    /**
     * Makes it.
     *
     * @param revisions makes the first ones
     * @return what that returns
     * @throws KarutaException if there is something already, or it cannot be made
     */
    public <T> T make(Function<PoolRepository, T> revisions) {
        var place = folder.toAbsolutePath().normalize();
        try {
            if (Files.exists(place) && !(Files.isDirectory(place) && FolderTree.isEmpty(place))) {
                throw new KarutaException(
                        folder + " is there already and not empty.",
                        "Name a new folder for the pool; where one has come to be there meanwhile, do the same again.");
            }
            try (var beside = TemporaryFolder.in(Access.PRIVATE.folders(place.getParent()), DRAFT)) {
                var draft = beside.path().resolve("pool");
                T made;
                try (var pool = PoolRepository.create(draft)) {
                    made = revisions.apply(pool);
                }
                Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
                memory.forget(folder);
                return made;
            }
        } catch (IOException failed) {
            throw new KarutaException(
                    FullDisk.words(failed) + "The pool " + folder + " could not be made: " + failed + ".",
                    "Check that the disk has room and the folder is yours.",
                    failed);
        }
    }
}
