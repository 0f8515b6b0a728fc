package karuta.bench.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.samples.ImageRoot;
import karuta.samples.JsonFile;

/**
 * What {@code benchmark.json} says: {@code {"tasks": [{"name": "shape", "scorer": "exact", "about": "What shape it is."}, ...]}}.
 *
 * @param tasks in their order
 */
public record Index(List<Listed> tasks) {

    /** What the file is called. */
    public static final String FILE = "benchmark.json";

    /**
     * A task.
     *
     * @param name of the task and its folder
     * @param scorer of its answers, if the file names one
     * @param about what the task is, in a sentence, if the file says so
     */
    public record Listed(String name, Optional<String> scorer, Optional<String> about) {

        /** A task of which only the name is known. */
        Listed(String name) {
            this(name, Optional.empty(), Optional.empty());
        }
    }

    /** The file's order, or without one the sub-folders that hold training samples, by name. */
    static Index of(Path root) {
        var file = root.resolve(FILE);
        return Files.isRegularFile(file) ? read(file) : folders(root);
    }

    private static Index read(Path file) {
        var content = JsonFile.read(file);
        var list = Optional.of(content)
                .filter(JsonElement::isJsonObject)
                .flatMap(object -> JsonFile.list(object.getAsJsonObject(), "tasks"))
                .orElseThrow(() -> bad(file));
        var tasks = new ArrayList<Listed>();
        for (var element : list) {
            var task = Optional.of(element).filter(JsonElement::isJsonObject).map(JsonElement::getAsJsonObject);
            var name = task.flatMap(object -> JsonFile.text(object, "name")).orElseThrow(() -> bad(file));
            if (tasks.stream().anyMatch(other -> other.name().equals(name))) {
                throw new KarutaException(
                        "The file " + file + " lists the task " + ImageRoot.printable(name) + " twice.",
                        "List it once.");
            }
            tasks.add(new Listed(
                    name,
                    task.flatMap(object -> JsonFile.text(object, "scorer")),
                    task.flatMap(object -> JsonFile.text(object, "about"))));
        }
        return new Index(tasks);
    }

    private static KarutaException bad(Path file) {
        return new KarutaException(
                "The file " + file + " does not list tasks.",
                "It must be {\"tasks\": [{\"name\": ..., \"scorer\": ...}, ...]}, or not be there at all.");
    }

    private static Index folders(Path root) {
        try (Stream<Path> children = Files.list(root)) {
            return new Index(children.filter(folder -> TaskFile.has(folder, "train"))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .map(Listed::new)
                    .toList());
        } catch (IOException e) {
            throw new KarutaException(
                    "The folder " + root + " cannot be read (" + e.getMessage() + ").", "May this user read it?", e);
        }
    }

    /** As the file has it. */
    public JsonObject json() {
        var list = new JsonArray();
        for (var task : tasks) {
            var object = new JsonObject();
            object.addProperty("name", task.name());
            task.scorer().ifPresent(scorer -> object.addProperty("scorer", scorer));
            task.about().ifPresent(about -> object.addProperty("about", about));
            list.add(object);
        }
        var json = new JsonObject();
        json.add("tasks", list);
        return json;
    }
}
