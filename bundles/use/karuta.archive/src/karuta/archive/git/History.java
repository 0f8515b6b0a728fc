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
import org.eclipse.jgit.lib.ObjectInserter;
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

    private static Revision revision(RevCommit commit) {
        var author = commit.getAuthorIdent();
        return new Revision(
                commit.name(),
                new Author(said(author.getName()), said(author.getEmailAddress())),
                author.getWhenAsInstant(),
                commit.getFullMessage(),
                Stream.of(commit.getParents()).map(RevCommit::name).toList());
    }

    private static String said(String words) {
        return words.isBlank() ? "unknown" : words;
    }

    byte[] read(String path, ObjectId id) {
        return reading(() -> {
            var loader = git.open(id, Constants.OBJ_BLOB);
            var bytes = loader.getCachedBytes(Integer.MAX_VALUE);
            try (var hash = new ObjectInserter.Formatter()) {
                if (!hash.idFor(Constants.OBJ_BLOB, bytes).equals(id)) {
                    throw new IOException(path + " does not have the SHA-1 that git knows of it");
                }
            }
            return bytes;
        });
    }

    @FunctionalInterface
    private interface Work<T> {

        T run() throws IOException;
    }

    private <T> T reading(Work<T> work) {
        try {
            return work.run();
        } catch (IOException | IllegalArgumentException damaged) {
            throw new KarutaException(
                    folder + " is damaged: " + damaged.getMessage() + ".",
                    "\"git fsck\" in it says what; take a copy of it, or clone it anew.",
                    damaged);
        }
    }
}
