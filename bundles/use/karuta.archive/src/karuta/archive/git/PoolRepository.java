package karuta.archive.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.files.FolderLock;
import karuta.files.FullDisk;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/**
 * A git repository whose history is made of whole changes: objects are written and forced to the disk first, then HEAD moves
 * in one rename, then the folder's files follow. So a process that is killed at any moment leaves the revision from before or
 * the one from after; {@link #open} lets the files follow if they did not.
 */
public final class PoolRepository implements AutoCloseable {

    private final Path folder;
    private final Repository git;
    private final History history;
    private final Optional<FolderLock> lock;
    private Guard guard = Guard.NONE;

    private PoolRepository(Path folder, Repository git, Optional<FolderLock> lock) {
        this.folder = folder;
        this.git = git;
        this.history = new History(folder, git);
        this.lock = lock;
    }

    /**
     * Makes an empty one.
     *
     * @param folder that is not there yet, or empty
     * @throws KarutaException if it cannot be made
     */
    public static PoolRepository create(Path folder) {
        new GitFolder(folder).make();
        return open(folder, true);
    }

    /** Opens one to read from it. */
    public static PoolRepository read(Path folder) {
        return open(folder, false);
    }

    /**
     * Opens one to write, too; nobody else does until it is closed.
     *
     * @throws KarutaException if it is none, or another process writes to it
     */
    public static PoolRepository open(Path folder) {
        return open(folder, true);
    }

    private static PoolRepository open(Path folder, boolean write) {
        var place = new GitFolder(folder);
        place.require();
        try {
            return opened(place, write ? Optional.of(PoolLock.take(folder)) : Optional.empty());
        } catch (IOException unreadable) {
            throw new KarutaException(
                    FullDisk.words(unreadable) + folder + " cannot be opened as a git repository: "
                            + unreadable.getMessage(),
                    FullDisk.isCauseOf(unreadable) ? "Make room on the disk." : "Look at it with \"git fsck\".",
                    unreadable);
        }
    }

    private static PoolRepository opened(GitFolder place, Optional<FolderLock> lock) throws IOException {
        try {
            var opened = new PoolRepository(place.path(), place.open(), lock);
            if (lock.isPresent()) {
                place.closeToOthers();
                new WorkingFiles(opened.git, place.path()).recover();
            }
            return opened;
        } catch (IOException | RuntimeException failed) {
            lock.ifPresent(FolderLock::close);
            throw failed;
        }
    }

    /** What git's settings say of who works here. */
    public GitSettings settings() {
        return new GitSettings(git.getConfig());
    }

    /** From now on nothing is written that it does not admit. */
    public void setGuard(Guard guard) {
        this.guard = guard;
    }

    /** How the revisions descend from each other. */
    public Lineage lineage() {
        return new Lineage(history);
    }

    /** Where. */
    public Path folder() {
        return folder;
    }

    /** The newest revision; empty in an empty repository. */
    public Optional<Snapshot> head() {
        return history.head();
    }

    /** The id of the newest revision, of which nothing is read; empty in an empty repository. */
    public Optional<String> tip() {
        return history.tip();
    }

    /**
     * An older revision.
     *
     * @param revision an id or the beginning of one, a tag, a branch, or what else git understands ({@code HEAD~2})
     * @throws KarutaException if there is none
     */
    public Snapshot at(String revision) {
        return history.at(revision);
    }

    /**
     * The history of all files or some, newest first; ancestors after their descendants.
     *
     * @param paths files or folders; all if none is named
     */
    public List<Revision> log(String... paths) {
        return history.log(paths);
    }

    /**
     * Makes a revision.
     *
     * @param change of the newest revision's files
     * @param by who makes it
     * @param when by this machine's clock
     * @param message its first line is the subject
     * @return the newest revision, which is the old one if nothing has changed
     * @throws KarutaException if it cannot be written or signed, or the guard does not admit it; then nothing has changed
     */
    public Snapshot commit(Change change, Committer by, Instant when, String message) {
        return inserting(inserter -> {
            return commit(changed(change, inserter), List.of(), inserter, by, when, message);
        });
    }

    /**
     * Makes a revision that is in no history: to know whether it could be made. What it leaves goes with the next
     * {@link Garbage}.
     *
     * @throws KarutaException as {@link #commit}
     */
    public void rehearse(Change change, Committer by, Instant when, String message) {
        inserting(inserter -> {
            var parents = head().map(PoolRepository::id).stream().toList();
            return admitted(changed(change, inserter), parents, inserter, by, when, message);
        });
    }

    private Tree changed(Change change, ObjectInserter inserter) throws IOException {
        var files = head().map(Snapshot::contents).map(TreeMap::new).orElseGet(TreeMap::new);
        for (var path : change.removed()) {
            if (files.remove(path) == null) {
                throw new KarutaException(folder + " has no " + path + ".", "See \"karuta pool show\".");
            }
        }
        for (var put : change.put().entrySet()) {
            files.put(put.getKey(), inserter.insert(Constants.OBJ_BLOB, put.getValue()));
        }
        return new Tree(files);
    }

    /**
     * What the newest revision's files would be after a change, to try it. Nobody finds it in the history; what it leaves goes
     * with the next {@link Garbage}.
     */
    public Snapshot draft(Change change) {
        return inserting(inserter -> {
            var files = changed(change, inserter).files();
            inserter.flush();
            return new Snapshot(head().orElseThrow().revision(), files, history);
        });
    }

    /**
     * Makes a revision of two: the newest one, and another one whose history is taken in.
     *
     * @param change of the newest revision's files
     * @param other from {@link #fetch}, or from a branch
     * @return the newest revision
     * @throws KarutaException if it cannot be written; then nothing has changed
     */
    public Snapshot merge(Change change, Snapshot other, Committer by, Instant when, String message) {
        return inserting(inserter -> {
            var parents = List.of(ObjectId.fromString(other.revision().id()));
            return commit(changed(change, inserter), parents, inserter, by, when, message);
        });
    }

    /**
     * Brings the newest revision of another repository here, with its history. Nothing names it until it is merged.
     *
     * @throws KarutaException if there is none
     */
    public Snapshot fetch(Path other) {
        return announced(() -> new Visit(git).newest(other))
                .map(this::at)
                .orElseThrow(() -> new KarutaException(
                        other + " is an empty git repository.", "Name the folder of a pool that has a revision."));
    }

    /**
     * Packs what the history needs, and removes what it does not.
     *
     * @return what that changed
     */
    public Garbage collectGarbage() {
        return announced(() -> Garbage.collect(git, folder));
    }

    /**
     * Makes a revision with exactly the files of an older one; what was between stays in the history.
     *
     * @param kept paths of files that stay as they are now, there or not
     * @return the newest revision
     */
    public Snapshot restore(Snapshot older, Set<String> kept, Committer by, Instant when, String message) {
        var files = new TreeMap<>(older.contents());
        files.keySet().removeAll(kept);
        head().ifPresent(now -> kept.stream()
                .filter(now.contents()::containsKey)
                .forEach(path -> files.put(path, now.contents().get(path))));
        return inserting(inserter -> {
            return commit(new Tree(files), List.of(), inserter, by, when, message);
        });
    }

    /** @param others parents beside the newest revision */
    private Snapshot commit(
            Tree tree, List<ObjectId> others, ObjectInserter inserter, Committer by, Instant when, String message)
            throws IOException {
        var before = head();
        if (others.isEmpty() && before.isPresent() && before.get().contents().equals(tree.files())) {
            return before.get();
        }
        var parent = before.map(PoolRepository::id);
        var parents = Stream.concat(parent.stream(), others.stream()).toList();
        var id = admitted(tree, parents, inserter, by, when, message);
        var working = new WorkingFiles(git, folder);
        working.announce();
        move(parent, id, message);
        working.followOrWarn();
        var newest = at(id.name());
        guard.made(newest);
        return newest;
    }

    private static ObjectId id(Snapshot snapshot) {
        return ObjectId.fromString(snapshot.revision().id());
    }

    /** A revision that the guard admits, written and in no history yet. */
    private ObjectId admitted(
            Tree tree, List<ObjectId> parents, ObjectInserter inserter, Committer by, Instant when, String message)
            throws IOException {
        var commit = NewCommit.of(WorkingFiles.index(tree).writeTree(inserter), parents, by, when, message);
        var id = inserter.insert(commit);
        inserter.flush();
        guard.admit(at(id.name()));
        return id;
    }

    private void move(Optional<ObjectId> parent, ObjectId id, String message) throws IOException {
        var update = git.updateRef(Constants.HEAD);
        update.setExpectedOldObjectId(parent.orElse(ObjectId.zeroId()));
        update.setNewObjectId(id);
        update.setRefLogMessage("karuta: " + message.lines().findFirst().orElse(""), false);
        var result = update.update();
        if (result != RefUpdate.Result.NEW && result != RefUpdate.Result.FAST_FORWARD) {
            throw new IOException("HEAD could not be moved (" + result + ")");
        }
    }

    @Override
    public void close() {
        git.close();
        lock.ifPresent(held -> new GitFolder(folder).closeToOthers());
        lock.ifPresent(FolderLock::close);
    }

    @FunctionalInterface
    private interface Work<T> {

        T run() throws IOException;
    }

    /** Who is killed at this has left something. */
    private <T> T announced(Work<T> work) {
        return writing(() -> {
            var working = new WorkingFiles(git, folder);
            working.announce();
            try {
                return work.run();
            } finally {
                working.withdraw();
            }
        });
    }

    @FunctionalInterface
    private interface Insertion<T> {

        T run(ObjectInserter inserter) throws IOException;
    }

    private <T> T inserting(Insertion<T> insertion) {
        return writing(() -> {
            try (var inserter = git.newObjectInserter()) {
                return insertion.run(inserter);
            }
        });
    }

    private <T> T writing(Work<T> work) {
        if (lock.isEmpty()) {
            throw new IllegalStateException(folder + " was opened to be read");
        }
        try {
            return work.run();
        } catch (IOException failed) {
            throw new KarutaException(
                    FullDisk.words(failed) + folder + " could not be changed: " + failed.getMessage()
                            + ". It is as it was.",
                    "Check that the disk has room and the folder is yours.",
                    failed);
        }
    }
}
