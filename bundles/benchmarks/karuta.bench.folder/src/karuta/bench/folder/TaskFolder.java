package karuta.bench.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Task;
import karuta.picture.ImageFiles;
import karuta.samples.ImageRoot;
import karuta.samples.LeakCheck;
import karuta.samples.Pictures;

/**
 * The folder of one task, for who has a task and no benchmark. What is in it is read as {@link FolderBenchmark} reads it, but it
 * need not have test samples.
 *
 * @param path where; its last name is the task's
 */
public record TaskFolder(Path path) {

    /** Makes the path absolute. */
    public TaskFolder {
        path = path.toAbsolutePath().normalize();
    }

    /**
     * Reads it.
     *
     * @throws KarutaException if it is no folder of a task, or a sample is none
     */
    public Task read() {
        if (!TaskFile.has(path, "train")) {
            throw new KarutaException(
                    path + (Files.isDirectory(path) ? " holds no train.json and no train.jsonl." : " is no folder."),
                    "Name the folder of a task: images, and questions with answers in train.json or train.jsonl.");
        }
        var root = Optional.ofNullable(path.getParent());
        var bases = Stream.concat(Stream.of(path), root.stream()).toList();
        var pictures = new Pictures(new ImageRoot(bases, false, ImageFiles.STORED));
        var training = TaskFile.read(path, "train", 0, pictures, false);
        var testing = TaskFile.has(path, "test")
                ? TaskFile.read(path, "test", 0, pictures, false)
                : new TaskFile.Split(List.of(), List.of());
        LeakCheck.check(path, training.samples(), testing.samples());
        var listed = root.map(Index::of).stream()
                .flatMap(index -> index.tasks().stream())
                .filter(task -> task.name().equals(name()))
                .findFirst()
                .orElse(new Index.Listed(name()));
        return new Task(
                name(),
                listed.about().orElse(""),
                training.samples(),
                testing.samples(),
                listed.scorer().orElse(FolderBenchmark.DEFAULT_SCORER),
                Stream.of(training, testing)
                        .flatMap(split -> split.notes().stream())
                        .toList());
    }

    /** Where its samples come from, for messages that name one; as {@link FolderBenchmark#source} says it. */
    public String source(boolean training) {
        return TaskFile.find(path, training ? "train" : "test") + ",";
    }

    /** The folder's name. */
    public String name() {
        return Optional.ofNullable(path.getFileName()).map(Path::toString).orElse("");
    }
}
