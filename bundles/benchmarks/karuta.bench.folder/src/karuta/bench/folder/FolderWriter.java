package karuta.bench.folder;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import karuta.api.Benchmark;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Pixels;
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
        var target = out.toAbsolutePath();
        try {
            Files.createDirectories(target.getParent());
            refuseUsed(target);
            var name =
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
            var part = Files.createDirectory(target.resolveSibling(name));
            try {
                fill(benchmark, part);
                Files.deleteIfExists(target);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(part);
            }
        } catch (IOException e) {
            throw new KarutaException(
                    "The folder " + target + " cannot be written (" + e.getMessage() + ").",
                    "Is there room on the disk, and may this user write there?",
                    e);
        }
    }

    private static void refuseUsed(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        try (var content = Files.list(target)) {
            if (content.findAny().isPresent()) {
                throw new KarutaException(
                        "The folder " + target + " is not empty.", "Name a new folder; nothing is ever overwritten.");
            }
        }
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
        json(new Index(listed).json(), root.resolve(Index.FILE));
    }

    private static void split(List<Sample> samples, Path folder, String split) throws IOException {
        var images = Files.createDirectories(folder.resolve(split));
        Map<String, String> written = new HashMap<>();
        var list = new JsonArray();
        for (var sample : samples) {
            var paths = new ArrayList<String>();
            for (var image : sample.query().images()) {
                paths.add(image(image, images, written));
            }
            if (!sample.query().earlier().isEmpty()) {
                throw new KarutaException(
                        "The sample " + sample.id() + " is part of a conversation, which cannot be written.",
                        "Write benchmarks of single questions only.");
            }
            var said = new Entry.Said(sample.query().instruction(), sample.references());
            list.add(new Entry(sample.id(), paths, List.of(said)).json());
        }
        json(list, folder.resolve(split + ".json"));
    }

    /** A picture that several samples ask about is written once. */
    private static String image(Image image, Path folder, Map<String, String> written) throws IOException {
        var fingerprint = image.fingerprint();
        if (!written.containsKey(fingerprint)) {
            var name = "%05d.png".formatted(written.size());
            png(image.pixels(), folder.resolve(name));
            written.put(fingerprint, folder.getFileName() + "/" + name);
        }
        return written.get(fingerprint);
    }

    private static void png(Pixels pixels, Path file) throws IOException {
        var image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        var rgb = pixels.rgb();
        for (var i = 0; i < pixels.width() * pixels.height(); i++) {
            var colour = (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | rgb[3 * i + 2] & 0xFF;
            image.setRGB(i % pixels.width(), i / pixels.width(), colour);
        }
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("this Java cannot write PNG");
        }
    }

    private static void json(JsonElement content, Path file) throws IOException {
        var gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        Files.writeString(file, gson.toJson(content) + "\n");
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
