package karuta.use.learn;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.archive.pool.CardRecord;
import karuta.bench.folder.TaskFolder;
import karuta.engine.run.DataHash;

/**
 * The samples that were held out from a card's training. The pool does not hold them: they are found again in the folder that the
 * card was learned from, as long as the same data lie there.
 */
public sealed interface Validation {

    /**
     * They are there.
     *
     * @param task the card's name, its held-out samples as test samples, and how they are scored; nothing to train with
     */
    record Held(Task task) implements Validation {}

    /**
     * They are not.
     *
     * @param why for people, without a full stop
     */
    record Gone(String why) implements Validation {}

    /** The held-out samples as test samples of a task that has the card's name, if they are there. */
    default Optional<Task> found() {
        return this instanceof Held held ? Optional.of(held.task()) : Optional.empty();
    }

    /** Looks for those of a card. Reads all of its images. */
    static Validation of(CardRecord card) {
        var source = card.source();
        if (source.validation() == 0) {
            return new Gone("nothing was held out from it");
        }
        try {
            var folder = Path.of(source.folder());
            if (!Files.isDirectory(folder)) {
                return new Gone("there is no folder " + folder + " here");
            }
            var task = new TaskFolder(folder).read();
            if (!new DataHash().samples(task).equals(source.sha256())) {
                return new Gone("other data lie in " + folder + " now");
            }
            var split = new HoldOut(source.share(), source.seed()).of(task);
            return new Held(held(task, split.validation(), card.task()));
        } catch (KarutaException | InvalidPathException unusable) {
            return new Gone(firstSentence(unusable.getMessage()));
        }
    }

    private static String firstSentence(String message) {
        var line = message.lines().findFirst().orElse("it cannot be read");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    /**
     * A task with nothing to train with.
     *
     * @param held its test samples
     * @param name of the card
     */
    static Task held(Task task, List<Sample> held, String name) {
        return new Task(name, task.about(), List.of(), held, task.scorer(), task.notes());
    }
}
