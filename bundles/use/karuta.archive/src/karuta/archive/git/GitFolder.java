package karuta.archive.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.api.KarutaException;
import karuta.files.Access;
import karuta.files.FolderTree;
import karuta.files.FullDisk;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with a git repository in {@code .git}.
 *
 * @param path where
 */
record GitFolder(Path path) {

    private static final Logger log = LoggerFactory.getLogger(GitFolder.class);

    private static final String BRANCH = "main";

    /**
     * Makes an empty one.
     *
     * @throws KarutaException if the folder is there and not empty, or it cannot be made
     */
    void make() {
        try {
            if (Files.exists(path) && !FolderTree.isEmpty(path)) {
                throw new KarutaException(path + " is there already and not empty.", "Name a new folder for the pool.");
            }
            Access.PRIVATE.folders(path);
            Git.init()
                    .setDirectory(path.toFile())
                    .setInitialBranch(BRANCH)
                    .call()
                    .close();
        } catch (IOException | GitAPIException | JGitInternalException failed) {
            throw new KarutaException(
                    FullDisk.words(failed) + path + " cannot be made: " + failed.getMessage(),
                    "Check the path and the disk.",
                    failed);
        }
    }

    /** @throws KarutaException if there is none */
    void require() {
        if (!Files.isDirectory(own())) {
            throw new KarutaException(
                    path + (Files.exists(path) ? " is no git repository." : " is not there."),
                    "Name the folder of a pool, the one that holds .git.");
        }
    }

    private Path own() {
        return path.resolve(Constants.DOT_GIT);
    }

    /**
     * Opens it: what is written is on the disk before HEAD moves, no line ends are changed, and the parents of a commit are those
     * that it says itself, not those that an index says of it. These settings are not saved: git itself has other words for them and
     * warns of these.
     */
    Repository open() throws IOException {
        var git = new FileRepositoryBuilder()
                .setGitDir(own().toFile())
                .setWorkTree(path.toFile())
                .setMustExist(true)
                .build();
        var config = git.getConfig();
        config.setBoolean("core", null, "fsyncobjectfiles", true);
        config.setBoolean("core", null, "fsyncreffiles", true);
        config.setString("core", null, "autocrlf", "false");
        config.setBoolean("core", null, "commitGraph", false);
        return git;
    }

    /** Git and JGit make files as the umask has it. */
    void closeToOthers() {
        try {
            Access.close(path);
        } catch (IOException notOurs) {
            log.warn("{} may be open to others: {}", path, notOurs.toString());
        }
    }
}
