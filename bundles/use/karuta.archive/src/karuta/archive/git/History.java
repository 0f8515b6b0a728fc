package karuta.archive.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Reads the revisions of a repository.
 *
 * @param folder where it is, for messages
 * @param git open
 */
record History(Path folder, Repository git) {

    /** The newest revision; empty in an empty repository. */
    Optional<Snapshot> head() {
        return snapshot(Constants.HEAD);
    }

    /** The id of the newest revision, of which nothing is read; empty in an empty repository. */
    Optional<String> tip() {
        return reading(() -> Optional.ofNullable(git.exactRef(Constants.HEAD))
                .map(Ref::getObjectId)
                .map(ObjectId::name));
    }

    /**
     * An older revision.
     *
     * @param revision an id or the beginning of one, a tag, a branch, or what else git understands ({@code HEAD~2})
     * @throws KarutaException if there is none
     */
    Snapshot at(String revision) {
        return snapshot(revision)
                .orElseThrow(() -> new KarutaException(
                        folder + " has no revision \"" + revision + "\".",
                        "See \"karuta pool log\" for those that there are."));
    }

    private Optional<Snapshot> snapshot(String revision) {
        return reading(() -> {
            var id = resolve(revision);
            if (id.isEmpty()) {
                return Optional.empty();
            }
            try (var walk = new RevWalk(git)) {
                var commit = walk.parseCommit(id.get());
                return Optional.of(new Snapshot(
                        revision(commit),
                        Tree.of(walk.getObjectReader(), commit.getTree()).files(),
                        this));
            }
        });
    }

    private Optional<ObjectId> resolve(String revision) throws IOException {
        try {
            return Optional.ofNullable(git.resolve(revision + "^{commit}"));
        } catch (IllegalArgumentException nonsense) {
            return Optional.empty();
        }
    }

    /**
     * The history of all files or some, newest first; ancestors after their descendants.
     *
     * @param paths files or folders; all if none is named
     */
    List<Revision> log(String... paths) {
        return reading(() -> {
            var head = resolve(Constants.HEAD);
            if (head.isEmpty()) {
                return List.of();
            }
            try (var walk = new RevWalk(git)) {
                walk.markStart(walk.parseCommit(head.get()));
                walk.sort(RevSort.TOPO);
                if (paths.length > 0) {
                    walk.setTreeFilter(
                            AndTreeFilter.create(PathFilterGroup.createFromStrings(paths), TreeFilter.ANY_DIFF));
                }
                var revisions = new ArrayList<Revision>();
                for (var commit : walk) {
                    revisions.add(revision(commit));
                }
                return List.copyOf(revisions);
            }
        });
    }

    static Revision revision(RevCommit commit) throws IOException {
        ObjectBytes.checked(commit, Constants.OBJ_COMMIT, commit.getRawBuffer());
        var author = commit.getAuthorIdent();
        return new Revision(
                commit.name(),
                author(author),
                author.getWhenAsInstant(),
                commit.getFullMessage(),
                Stream.of(commit.getParents()).map(RevCommit::name).toList());
    }

    static Author author(PersonIdent ident) {
        return new Author(said(ident.getName()), said(ident.getEmailAddress()));
    }

    private static String said(String words) {
        return words.isBlank() ? "unknown" : words;
    }

    byte[] read(String path, ObjectId id) {
        return reading(() -> {
            try (var reader = git.newObjectReader()) {
                return ObjectBytes.read(reader, id, Constants.OBJ_BLOB);
            } catch (IOException damaged) {
                throw new IOException("the contents of " + path + " cannot be read: " + damaged.getMessage(), damaged);
            }
        });
    }

    @FunctionalInterface
    interface Work<T> {

        T run() throws IOException;
    }

    /**
     * Does what reads.
     *
     * @throws KarutaException if something is damaged; JGit says so in many ways
     */
    <T> T reading(Work<T> work) {
        try {
            return work.run();
        } catch (KarutaException told) {
            throw told;
        } catch (IOException | RuntimeException damaged) {
            throw new KarutaException(
                    folder + " is damaged: " + damaged.getMessage() + ".",
                    "\"git fsck\" in it says what; take a copy of it, or clone it anew.",
                    damaged);
        }
    }
}
