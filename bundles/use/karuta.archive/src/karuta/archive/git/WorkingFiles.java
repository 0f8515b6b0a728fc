package karuta.archive.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.files.Access;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheCheckout;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that people see in a repository's folder.
 *
 * @param git the repository
 * @param folder where they are
 */
record WorkingFiles(Repository git, Path folder) {

    private static final Logger log = LoggerFactory.getLogger(WorkingFiles.class);

    /** There while a process changes the repository. Who finds it knows that one was killed at that. */
    private static final String ANNOUNCEMENT = "karuta-writes";

    /** Says that the repository is being changed. */
    void announce() throws IOException {
        Access.PRIVATE.fileIfMissing(own().resolve(ANNOUNCEMENT));
    }

    /** Says that the change is done. */
    void withdraw() throws IOException {
        Files.deleteIfExists(own().resolve(ANNOUNCEMENT));
    }

    /** Makes the files those of HEAD, and says that the change is done. */
    void follow() throws IOException {
        var head = git.resolve(Constants.HEAD + "^{tree}");
        if (head != null) {
            try (var walk = new RevWalk(git)) {
                var checkout = new DirCacheCheckout(git, git.lockDirCache(), walk.parseTree(head));
                checkout.setFailOnConflict(false);
                checkout.checkout();
            }
        }
        withdraw();
    }

    /** The revision is made; that its files cannot be written is no reason to say that it is not. */
    void followOrWarn() {
        try {
            follow();
        } catch (IOException | JGitInternalException failed) {
            log.warn(
                    "The files in {} could not be made those of the newest revision: {}. They will be when the pool is"
                            + " changed next and there is room",
                    folder,
                    failed.toString());
        }
    }

    /** Does what a killed process has left to do. Only who holds the lock of the folder may ask for it. */
    void recover() throws IOException {
        if (!Files.exists(own().resolve(ANNOUNCEMENT))) {
            return;
        }
        log.warn(
                "{} was being changed by a process that was killed: its files are made those of the newest revision",
                folder);
        new Remnants(own(), folder).remove();
        follow();
    }

    private Path own() {
        return git.getDirectory().toPath();
    }

    /** The index of a tree, in memory. */
    static DirCache index(Tree tree) {
        var index = DirCache.newInCore();
        var builder = index.builder();
        tree.files().forEach((path, id) -> {
            var entry = new DirCacheEntry(path);
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(id);
            builder.add(entry);
        });
        builder.finish();
        return index;
    }
}
