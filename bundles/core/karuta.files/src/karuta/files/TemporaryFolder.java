package karuta.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;

/**
 * A private folder that is there for as long as it is needed. Those that killed processes have left beside it, which
 * nobody locks any more, are removed when the next one is made.
 */
public final class TemporaryFolder implements AutoCloseable {

    /** Somebody may be about to lock a folder that is younger. */
    private static final Duration YOUNG = Duration.ofSeconds(10);

    private final Path path;
    private final FolderLock lock;

    private TemporaryFolder(Path path, FolderLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes one.
     *
     * @param parent where; it must exist
     * @param prefix of its name, and of the names of those that are removed
     */
    public static TemporaryFolder in(Path parent, String prefix) throws IOException {
        var folder = Files.createTempDirectory(parent, prefix);
        try {
            var lock = FolderLock.tryLock(folder).orElseThrow(() -> new IOException(folder + " is locked"));
            sweep(parent, prefix, Files.getOwner(folder));
            return new TemporaryFolder(folder, lock);
        } catch (IOException failed) { // the disk may be full
            FolderTree.delete(folder);
            throw failed;
        }
    }

    private static void sweep(Path parent, String prefix, UserPrincipal owner) throws IOException {
        var young = Instant.now().minus(YOUNG);
        try (var folders = Files.newDirectoryStream(
                parent, entry -> entry.getFileName().toString().startsWith(prefix))) {
            for (var folder : folders) {
                try {
                    if (Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)
                            && Files.getLastModifiedTime(folder).toInstant().isBefore(young)) {
                        remove(folder);
                    }
                } catch (IOException gone) {
                    continue; // another process has removed it
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        var lock = FolderLock.tryLock(folder);
        if (lock.isPresent()) {
            lock.get().close();
            FolderTree.delete(folder);
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Removes it. A system that does not let go of a mapped file keeps that one until the next folder is made. */
    @Override
    public void close() {
        lock.close();
        try {
            FolderTree.delete(path);
        } catch (IOException stuck) {
            path.toFile().deleteOnExit();
        }
    }
}
