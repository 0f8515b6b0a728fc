package karuta.use.learn;

import java.nio.file.Path;
import java.util.List;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.archive.pool.CardName;
import karuta.archive.pool.Source;
import karuta.bench.folder.TaskFolder;
import karuta.engine.run.DataHash;

/**
 * The data of a task that becomes a card.
 *
 * @param folder where they lie
 * @param card what it will be called
 * @param whole all of them, as they lie there
 * @param holdOut what is kept from training
 * @param task what is trained with, and as test samples what it is validated with
 * @param sha256 names all of the data
 */
public record TaskData(Path folder, CardName card, Task whole, HoldOut holdOut, Task task, String sha256) {

    /**
     * What a card from a folder is called.
     *
     * @param said empty for the folder's name
     * @throws KarutaException if no card can be called so
     */
    public static CardName name(Path folder, String said) {
        return new CardName(said.isEmpty() ? new TaskFolder(folder).name() : said);
    }

    /**
     * Reads the folder of a task, with all of its images.
     *
     * @throws KarutaException if it is no task's folder, a sample or an image is none, or nothing can be held out
     */
    public static TaskData read(Path folder, CardName card, HoldOut holdOut) {
        var place = new TaskFolder(folder);
        var whole = place.read();
        if (whole.train().isEmpty()) {
            throw new KarutaException(
                    "There is no training sample in " + place.path() + ".", "Give the task questions with answers.");
        }
        var sha256 = new DataHash().samples(whole);
        var split = holdOut.of(whole);
        var task = Validation.held(whole, split.validation(), card.value()).with(split.training(), split.validation());
        return new TaskData(place.path(), card, whole, holdOut, task, sha256);
    }

    /** All of its samples under the card's name. */
    Task named() {
        return new Task(card.value(), whole.about(), whole.train(), whole.test(), whole.scorer(), whole.notes());
    }

    /** Where samples come from, in messages: those of another task are of an earlier card. */
    String source(String name, boolean training) {
        return name.equals(card.value()) ? new TaskFolder(folder).source(training) : "the card \"" + name + "\",";
    }

    /** Samples that decide when training ends; none if what the task is validated with is its test split. */
    List<Sample> heldOut() {
        return holdOut.share() == 0 ? List.of() : task.test();
    }

    /** Samples that nobody learned from and nothing was decided by: those of the test split, if others were held out. */
    public List<Sample> untouched() {
        return holdOut.share() == 0 ? List.of() : whole.test();
    }

    /** As a card's record has it. */
    Source source(long trained) {
        return new Source(
                folder.toString(),
                sha256,
                Math.toIntExact(trained),
                task.test().size(),
                holdOut.share(),
                holdOut.seed());
    }
}
