package karuta.suite;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.samples.JsonFile;
import karuta.suite.ConfigLocator.Entry;

/** Prism's {@code config/benchmarks/BENCHMARK.py}: a list of dicts, one a task. Nothing of it is executed. */
final class PrismConfig {

    private static final Pattern UNKNOWN = Pattern.compile("\\{(\\w+)}");

    private final Path file;
    private final Path root;
    private final JsonObject task;

    private PrismConfig(Path file, Path root, JsonObject task) {
        this.file = file;
        this.root = root;
        this.task = task;
    }

    /** The file of a suite in a folder of such files. */
    static Path in(Path folder, Suite suite) {
        return Stream.of(suite.title(), suite.id())
                .map(name -> folder.resolve(name + ".py"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        "The folder " + folder + " has neither JSON files, as MCITlib's, nor a " + suite.title()
                                + ".py, as Prism's.",
                        "Name the folder or file of a configuration."));
    }

    static void read(Path file, Path root, BiConsumer<String, Entry> to) {
        var lists = PythonLiterals.read(file).values().stream()
                .filter(JsonElement::isJsonArray)
                .map(JsonElement::getAsJsonArray)
                .filter(PrismConfig::isTasks)
                .toList();
        if (lists.size() != 1) {
            throw new KarutaException(
                    "The configuration " + file + " has " + lists.size() + " lists of tasks, where one is expected.",
                    "A task is a dict with name, train_data_path, test_data_path and image_folder.");
        }
        for (var element : lists.get(0)) {
            var config = new PrismConfig(file, root, element.getAsJsonObject());
            to.accept(config.text("name"), config.entry());
        }
    }

    private static boolean isTasks(JsonArray list) {
        return !list.isEmpty()
                && list.asList().stream()
                        .allMatch(each -> each.isJsonObject()
                                && each.getAsJsonObject().has("name")
                                && each.getAsJsonObject().has("test_data_path"));
    }

    private Entry entry() {
        var test = path("test_data_path");
        var images = path("image_folder");
        return new Entry(
                file + ", task " + text("name"),
                path("train_data_path"),
                test,
                images,
                images,
                Optional.of("eval_annotation_path").filter(task::has).map(this::path));
    }

    private Path path(String key) {
        var text = text(key);
        var unknown = UNKNOWN.matcher(text);
        if (unknown.find()) {
            throw new KarutaException(
                    "The configuration " + file + " has a \"" + key + "\" with " + unknown.group(1)
                            + ", which it does not define.",
                    "Write the path there.");
        }
        return ConfigLocator.path(file, text, root);
    }

    private String text(String key) {
        return JsonFile.text(task, key)
                .orElseThrow(() -> new KarutaException(
                        "The configuration " + file + " has a task without the text \"" + key + "\".",
                        "A task has " + String.join(", ", List.of("name", "train_data_path", "test_data_path"))
                                + " and image_folder."));
    }
}
