package karuta.archive.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import karuta.api.KarutaException;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;

/**
 * Brings objects of another repository here, as {@code git fetch} does.
 *
 * @param git open to be written
 */
record Visit(Repository git) {

    /** Where the other's newest revision is named while it is brought here. No branch or tag is there. */
    static final String GUEST = "refs/karuta/guest";

    /**
     * Brings the newest revision with its history.
     *
     * @return its id; empty if the other repository is empty
     * @throws KarutaException if it is none, or cannot be read
     */
    Optional<String> newest(Path other) throws IOException {
        if (!Files.isDirectory(other.resolve(Constants.DOT_GIT)) && !Files.isRegularFile(other.resolve("HEAD"))) {
            throw new KarutaException(
                    other + " is neither a revision of this pool nor a git repository.",
                    "Name a branch of this pool, or the folder of another one.");
        }
        try (var porcelain = Git.wrap(git)) {
            var fetched = porcelain
                    .fetch()
                    .setRemote(other.toAbsolutePath().normalize().toUri().toString())
                    .setRefSpecs(new RefSpec("+" + Constants.HEAD + ":" + GUEST))
                    .setTagOpt(TagOpt.NO_TAGS)
                    .call();
            var head = Optional.ofNullable(fetched.getAdvertisedRef(Constants.HEAD));
            return head.map(ref -> ref.getObjectId().name());
        } catch (GitAPIException failed) {
            throw new KarutaException(
                    other + " cannot be read: " + failed.getMessage() + ".",
                    "Look at it with \"git fsck\", and check whether it is yours.",
                    failed);
        } finally {
            var guest = git.updateRef(GUEST);
            guest.setForceUpdate(true);
            guest.delete();
        }
    }
}
