package karuta.suite;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.samples.JsonFile;
import karuta.suite.ConfigLocator.Entry;
import karuta.yaml.Suggestion;

/**
 * MCITlib's {@code configs/data_configs/BENCHMARK}: a JSON file per task, with {@code train_path}, {@code test_path} and
 * {@code image_folder} in its first version, {@code train_folder} and {@code test_folder} for images, and {@code anno_path}
 * for captions, in its third.
 */
final class McitConfig {

    private static final String ENDING = ".json";

    private static final List<String> KEYS = List.of(
            "train_path",
            "test_path",
            "image_folder",
            "anno_path",
            "train_folder",
            "test_folder",
            "replay_path",
            "router_path",
            "router_folder",
            "test_q_path",
            "test_a_path");

    private final Path file;
    private final Path root;
    private final JsonObject object;

    private McitConfig(Path file, Path root) {
        this.file = file;
        this.root = root;
        var content = JsonFile.read(file);
        if (!content.isJsonObject()) {
            throw new KarutaException(
                    "The configuration " + file + " is no JSON object.", "Is it one of MCITlib's data_configs?");
        }
        this.object = content.getAsJsonObject();
    }

    /** Whether a folder has JSON files. */
    static boolean isOne(Path folder) {
        return !files(folder).isEmpty();
    }

    static void read(Path folder, Path root, BiConsumer<String, Entry> to) {
        for (var file : files(folder)) {
            var name = file.getFileName().toString();
            to.accept(name.substring(0, name.length() - ENDING.length()), new McitConfig(file, root).entry());
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
        } catch (IOException e) {
            throw new KarutaException(
                    "The folder " + folder + " cannot be read (" + e.getMessage() + ").", "May this user read it?", e);
        }
    }

    private Entry entry() {
        for (var key : object.keySet()) {
            if (!KEYS.contains(key)) {
                throw new KarutaException(
                        "The configuration " + file + " has the unknown key \"" + key + "\""
                                + Suggestion.hint(key, KEYS) + ".",
                        "Is it one of MCITlib's data_configs?");
            }
        }
        if (object.has("test_q_path") || object.has("test_a_path")) {
            throw new KarutaException(
                    "The configuration " + file + " is of a task of videos, which is out of scope.", "Leave it out.");
        }
        return new Entry(
                file.toString(),
                need("train_path"),
                need("test_path"),
                path("train_folder").orElseGet(() -> need("image_folder")),
                path("test_folder").orElseGet(() -> need("image_folder")),
                path("anno_path"));
    }

    private Path need(String key) {
        return path(key)
                .orElseThrow(() -> new KarutaException(
                        "The configuration " + file + " has no \"" + key + "\".", "Say with it where the files are."));
    }

    private Optional<Path> path(String key) {
        return JsonFile.text(object, key).map(text -> ConfigLocator.path(file, text, root));
    }
}
