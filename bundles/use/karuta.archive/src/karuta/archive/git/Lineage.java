package karuta.archive.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** How the revisions of a repository descend from each other, and what signs them. */
public final class Lineage {

    private final History history;

    Lineage(History history) {
        this.history = history;
    }

    /** Whether a revision is the newest one or an ancestor of it. */
    public boolean holds(String id) {
        return history.reading(() -> {
            var head = history.git().resolve(Constants.HEAD);
            if (head == null) {
                return false;
            }
            try (var walk = new RevWalk(history.git())) {
                return walk.isMergedInto(walk.parseCommit(ObjectId.fromString(id)), walk.parseCommit(head));
            } catch (MissingObjectException unknown) {
                if (unknown.getObjectId().name().equals(id)) {
                    return false;
                }
                throw unknown;
            }
        });
    }

    /**
     * The revisions that lead to the newest one, parents before their children.
     *
     * @param known a revision that is left out with all its ancestors
     */
    public List<Revision> since(Optional<String> known) {
        return history.head().map(head -> leadingTo(head.revision(), known)).orElse(List.of());
    }

    /**
     * A revision and those that lead to it, parents before their children.
     *
     * @param known a revision that is left out with all its ancestors
     */
    public List<Revision> leadingTo(Revision newest, Optional<String> known) {
        return history.reading(() -> {
            try (var walk = new RevWalk(history.git())) {
                walk.sort(RevSort.TOPO);
                walk.sort(RevSort.REVERSE, true);
                walk.markStart(walk.parseCommit(ObjectId.fromString(newest.id())));
                if (known.isPresent()) {
                    walk.markUninteresting(walk.parseCommit(ObjectId.fromString(known.get())));
                }
                var revisions = new ArrayList<Revision>();
                for (var commit : walk) {
                    revisions.add(History.revision(commit));
                }
                return List.copyOf(revisions);
            }
        });
    }

    /** The ids of all revisions that have no parent. */
    public SortedSet<String> roots() {
        var roots = new TreeSet<String>();
        since(Optional.empty()).stream()
                .filter(revision -> revision.parents().isEmpty())
                .map(Revision::id)
                .forEach(roots::add);
        return roots;
    }

    /** The newest revisions that two have in common; many, if they were merged crosswise before. */
    public List<Snapshot> bases(Snapshot one, Snapshot other) {
        List<String> ids = history.reading(() -> {
            try (var walk = new RevWalk(history.git())) {
                walk.setRevFilter(RevFilter.MERGE_BASE);
                walk.markStart(
                        walk.parseCommit(ObjectId.fromString(one.revision().id())));
                walk.markStart(
                        walk.parseCommit(ObjectId.fromString(other.revision().id())));
                var bases = new ArrayList<String>();
                for (var commit : walk) {
                    bases.add(commit.name());
                }
                return bases;
            }
        });
        return ids.stream().map(history::at).toList();
    }

    /** A revision as its signature sees it. */
    public SignedCommit signed(Revision revision) {
        return history.reading(() -> {
            try (var walk = new RevWalk(history.git())) {
                var commit = walk.parseCommit(ObjectId.fromString(revision.id()));
                return SignedCommit.of(
                        History.author(commit.getCommitterIdent()),
                        ObjectBytes.checked(commit, Constants.OBJ_COMMIT, commit.getRawBuffer()));
            }
        });
    }

    /** Whether the repository was told to do as if some revisions had no parents. */
    public boolean isCut() {
        return history.reading(
                () -> !history.git().getObjectDatabase().getShallowCommits().isEmpty());
    }
}
