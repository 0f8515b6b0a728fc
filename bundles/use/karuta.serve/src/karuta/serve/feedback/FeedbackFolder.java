package karuta.serve.feedback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.archive.pool.CardName;
import karuta.files.Access;
import karuta.files.FolderLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that feedback goes to: one in it for each task. Its owner alone can read it. Any thread may call it. */
final class FeedbackFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FeedbackFolder.class);

    private final Path root;
    private final int most;
    private final FolderLock lock;
    private final Map<String, TaskFeedback> tasks = new TreeMap<>();

    /** The folder has no room, on the disk or of its own. */
    static final class Full extends Exception {

        private static final long serialVersionUID = 1L;

        Full(String message) {
            super(message);
        }
    }

    private FeedbackFolder(Path root, int most, FolderLock lock) {
        this.root = root;
        this.most = most;
        this.lock = lock;
    }

    /**
     * Makes one, or goes on with one.
     *
     * @param most questions that there may be feedback on
     * @throws KarutaException if it cannot be written, another process writes it, or there are tasks of somebody else in it
     */
    static FeedbackFolder open(Path root, int most) {
        try {
            Access.PRIVATE.folders(root);
            var lock = FolderLock.tryLock(root)
                    .orElseThrow(() -> new KarutaException(
                            "Another service takes feedback into " + root + ".",
                            "Stop it, or name another folder by --feedback."));
            var folder = new FeedbackFolder(root, most, lock);
            try {
                folder.read();
                return folder;
            } catch (IOException | RuntimeException unfit) {
                folder.close();
                throw unfit;
            }
        } catch (IOException unreadable) {
            throw new KarutaException(
                    root + " cannot take feedback: " + unreadable.getMessage() + ".",
                    "May this user write there? Name another folder by --feedback.",
                    unreadable);
        }
    }

    private void read() throws IOException {
        try (var folders = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (var folder : folders) {
                var name = folder.getFileName().toString();
                if (TaskFeedback.is(folder)) {
                    tasks.put(name, TaskFeedback.open(folder));
                } else if (Files.exists(folder.resolve("train.json"))) {
                    throw new KarutaException(
                            folder + " holds samples that are no feedback, which it would replace.",
                            "Name another folder by --feedback.");
                }
            }
        }
    }

    /**
     * Takes a verdict down.
     *
     * @return what can be learned from the sample now
     * @throws Full if there is no room
     */
    synchronized Judged.State add(CardName task, Query query, Verdict verdict) throws Full {
        var name = folder(task);
        var all = tasks.values().stream().mapToInt(TaskFeedback::size).sum();
        var known = tasks.containsKey(name) && tasks.get(name).has(TaskFeedback.id(query));
        if (all >= most && !known) {
            throw new Full("There is feedback on " + all + " questions, and no room for more. Learn from it first.");
        }
        try {
            if (!tasks.containsKey(name)) {
                tasks.put(name, TaskFeedback.create(root.resolve(name)));
            }
            return tasks.get(name).add(query, verdict);
        } catch (IOException full) {
            log.warn("feedback was not written: {}", full.toString());
            throw new Full("The service could not write this down. Its log says why.");
        }
    }

    /** A task is called like its folder, where every file system and reader takes that. */
    static String folder(CardName task) {
        var plain = task.value().codePoints().allMatch(c -> Character.isLetterOrDigit(c) || "-_ ".indexOf(c) >= 0);
        return plain && task.file().length() < 200 ? task.value() : task.file();
    }

    /** How much of what there is for each task. */
    synchronized Map<String, Map<Judged.State, Long>> counts() {
        var counts = new TreeMap<String, Map<Judged.State, Long>>();
        tasks.forEach((name, task) -> {
            var states = new TreeMap<Judged.State, Long>();
            for (var state : Judged.State.values()) {
                states.put(state, task.count(state));
            }
            counts.put(name, states);
        });
        return counts;
    }

    @Override
    public void close() {
        lock.close();
    }
}
