package karuta.serve.feedback;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.files.Access;
import karuta.files.Sha256;
import karuta.files.WholeFile;
import karuta.picture.PngWriter;
import karuta.samples.Entry;
import karuta.samples.Entry.Said;
import karuta.samples.JsonFile;

/**
 * A task's folder: {@code feedback.json} with everything that was said, and {@code train.json} with what can be learned of it, in the form
 * that the benchmark {@code folder} reads. The first is written first, and the second made of it, also when the folder is opened:
 * where the process was killed between both, nothing is lost.
 */
final class TaskFeedback {

    private static final String SAID = "feedback.json";
    private static final String LEARNED = "train.json";
    private static final String IMAGES = "images";

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Path folder;
    private final Map<String, Judged> samples = new LinkedHashMap<>();

    private TaskFeedback(Path folder) {
        this.folder = folder;
    }

    /** Makes a new one. */
    static TaskFeedback create(Path folder) throws IOException {
        Access.PRIVATE.folders(folder.resolve(IMAGES));
        return new TaskFeedback(folder);
    }

    /** Opens one. */
    static TaskFeedback open(Path folder) throws IOException {
        var task = new TaskFeedback(folder);
        var file = folder.resolve(SAID);
        try {
            Arrays.stream(GSON.fromJson(JsonFile.read(file), Judged[].class))
                    .forEach(judged -> task.samples.put(judged.id(), judged));
        } catch (RuntimeException unfit) {
            throw new KarutaException(
                    file + " is not as Karuta writes it: " + unfit.getMessage() + ".",
                    "Put it aside, with the folder that it lies in.",
                    unfit);
        }
        task.write(LEARNED, task.learnable());
        return task;
    }

    /** Whether a folder is one. */
    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(SAID));
    }

    /** What is asked, whoever asks it: what this is the same of is one sample. */
    static String id(Query query) {
        var hash = new StringBuilder();
        query.images().forEach(image -> hash.append(image.fingerprint()).append('\n'));
        return Sha256.of(hash + query.instruction()).substring(0, 24);
    }

    boolean has(String id) {
        return samples.containsKey(id);
    }

    /** Takes a verdict down; it is on the disk when this returns. */
    Judged.State add(Query query, Verdict verdict) throws IOException {
        var id = id(query);
        var before = samples.get(id);
        var judged =
                (before == null ? new Judged(id, query.instruction(), images(query), Map.of()) : before).with(verdict);
        samples.put(id, judged);
        try {
            write(SAID, GSON.toJsonTree(samples.values()));
        } catch (IOException full) {
            if (before == null) {
                samples.remove(id);
            } else {
                samples.put(id, before);
            }
            throw full;
        }
        write(LEARNED, learnable());
        return judged.state();
    }

    private List<String> images(Query query) throws IOException {
        var paths = new ArrayList<String>();
        for (var image : query.images()) {
            var path = IMAGES + "/" + image.fingerprint().substring(0, 24) + ".png";
            if (!Files.exists(folder.resolve(path))) {
                WholeFile.ofOwner(folder.resolve(path)).stream(out -> out.write(PngWriter.write(image.pixels())));
            }
            paths.add(path);
        }
        return paths;
    }

    private JsonArray learnable() {
        var list = new JsonArray();
        samples.values()
                .forEach(sample -> sample.answer()
                        .map(answer -> new Said(sample.question(), List.of(answer)))
                        .ifPresent(said -> list.add(new Entry(sample.id(), sample.images(), List.of(said)).json())));
        return list;
    }

    private void write(String name, JsonElement content) throws IOException {
        WholeFile.ofOwner(folder.resolve(name)).write(GSON.toJson(content) + "\n");
    }

    int size() {
        return samples.size();
    }

    long count(Judged.State state) {
        return samples.values().stream()
                .filter(sample -> sample.state() == state)
                .count();
    }
}
