package karuta.bench.folder;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.api.Benchmark;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.samples.Entry;
import org.osgi.service.component.annotations.Component;

/** Writes the tasks of any benchmark as a folder that the benchmark "folder" reads: the same samples, images as PNG. */
@Component(service = FolderWriter.class)
public final class FolderWriter {

    /**
     * Writes all of it or nothing.
     *
     * @param benchmark started
     * @param out a folder that does not exist yet, or an empty one
     * @throws KarutaException if the folder is in use or cannot be written
     */
    public void write(Benchmark benchmark, Path out) {
        NewFolder.write(out, part -> fill(benchmark, part));
    }

    private static void fill(Benchmark benchmark, Path root) throws IOException {
        var listed = new ArrayList<Index.Listed>();
        for (var name : benchmark.tasks()) {
            var task = benchmark.task(name);
            var folder = Files.createDirectories(root.resolve(name));
            split(task.train(), folder, "train");
            split(task.test(), folder, "test");
            listed.add(new Index.Listed(
                    name, Optional.of(task.scorer()), Optional.of(task.about()).filter(about -> !about.isEmpty())));
        }
        NewFolder.json(new Index(listed).json(), root.resolve(Index.FILE));
    }

    private static void split(List<Sample> samples, Path folder, String split) throws IOException {
        var images = new PngFolder(folder, split);
        var list = new JsonArray();
        for (var sample : samples) {
            var paths = new ArrayList<String>();
            for (var image : sample.query().images()) {
                paths.add(images.path(image));
            }
            if (!sample.query().earlier().isEmpty()) {
                throw new KarutaException(
                        "The sample " + sample.id() + " is part of a conversation, which cannot be written.",
                        "Write benchmarks of single questions only.");
            }
            var said = new Entry.Said(sample.query().instruction(), sample.references());
            list.add(new Entry(sample.id(), paths, List.of(said)).json());
        }
        NewFolder.json(list, folder.resolve(split + ".json"));
    }
}
