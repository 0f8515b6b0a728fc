package karuta.archive.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.files.FolderLock;
import org.eclipse.jgit.lib.Constants;

/** Who writes to a pool: one process at a time. */
public final class PoolLock {

    private PoolLock() {}

    /**
     * Takes it.
     *
     * @throws KarutaException if another process has it
     */
    static FolderLock take(Path pool) throws IOException {
        return FolderLock.tryLock(own(pool))
                .orElseThrow(() -> new KarutaException(
                        pool + " is being written to by " + holder(pool) + ".",
                        "Wait until it has ended; if it was on a host that is gone, \"karuta pool unlock\"."));
    }

    private static String holder(Path pool) {
        try {
            return FolderLock.holder(own(pool)).orElse("another process");
        } catch (IOException unreadable) {
            return "another process";
        }
    }

    /** Who says that he writes to a pool: process and host; empty if nobody does. */
    public static Optional<String> writer(Path pool) {
        return ofLock(pool, FolderLock::holder);
    }

    /**
     * Takes a pool back from a process on another host, for somebody who knows that it has ended.
     *
     * @return who it was; empty if it is a process of this host, or still has the pool
     */
    public static Optional<String> unlock(Path pool) {
        return ofLock(pool, FolderLock::forget);
    }

    /** Whether who says that he writes to a pool still does, as far as that can be seen from here. */
    public static boolean isHeld(Path pool) {
        return ofLock(pool, FolderLock::isHeld);
    }

    /** Whether who says that he writes to a pool is on another host, where nobody here sees whether he has ended. */
    public static boolean isElsewhere(Path pool) {
        return ofLock(pool, FolderLock::isElsewhere);
    }

    @FunctionalInterface
    private interface Look<T> {

        T at(Path folder) throws IOException;
    }

    private static <T> T ofLock(Path pool, Look<T> look) {
        try {
            return look.at(own(pool));
        } catch (IOException unreadable) {
            throw new KarutaException(
                    pool + " cannot be read as a pool: " + unreadable + ".",
                    "Name the folder of a pool, the one that holds .git.",
                    unreadable);
        }
    }

    private static Path own(Path pool) {
        return pool.resolve(Constants.DOT_GIT);
    }
}
