package karuta.use.care;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.archive.pool.CardRecord;
import karuta.bench.folder.TaskFolder;
import karuta.engine.run.DataHash;
import karuta.use.learn.HoldOut;
import karuta.use.learn.Validation;

/**
 * The samples that a card was trained with, found again.
 *
 * @param training what it was trained with
 * @param validation a task of the card's name whose test samples are the others; empty where there are none
 * @param same whether they are the very data that the card was learned from, as far as that is known
 */
record TrainingData(List<Sample> training, Optional<Task> validation, boolean same) {

    /**
     * Reads them.
     *
     * @param data a task's folder, or one of several tasks' folders; empty for the folder that the record names
     * @throws KarutaException if they are not there
     */
    static TrainingData of(CardRecord card, Optional<Path> data) {
        var source = card.source();
        var folder = data.map(place -> within(place, card)).orElseGet(() -> Path.of(source.folder()));
        if (!Files.isDirectory(folder)) {
            throw new KarutaException(
                    "The data of the card \"" + card.task() + "\" are not in " + folder + ".",
                    "Name a folder by --data that has them, in a folder of the card's name or of the name that its data had.");
        }
        var task = new TaskFolder(folder).read();
        var split = new HoldOut(source.share(), source.seed()).of(task);
        var validation = Optional.of(Validation.held(task, split.validation(), card.task()))
                .filter(held -> !held.test().isEmpty());
        return new TrainingData(
                split.training(), validation, new DataHash().samples(task).equals(source.sha256()));
    }

    private static Path within(Path place, CardRecord card) {
        var named = place.resolve(card.name().file());
        var plain = Optional.of(card.task()).filter(name -> !name.contains("/")).map(place::resolve);
        var origin = Optional.ofNullable(Path.of(card.source().folder()).getFileName())
                .map(name -> place.resolve(name.toString()));
        return plain.filter(Files::isDirectory)
                .or(() -> Optional.of(named).filter(Files::isDirectory))
                .or(() -> origin.filter(Files::isDirectory))
                .orElse(
                        Files.isRegularFile(place.resolve("train.json"))
                                        || Files.isRegularFile(place.resolve("train.jsonl"))
                                ? place
                                : named);
    }
}
