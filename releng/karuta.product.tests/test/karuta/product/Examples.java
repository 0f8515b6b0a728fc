package karuta.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The examples that the documents show, as their authors wrote them. */
final class Examples {

    static final Path FOLDER = Path.of("..", "..", "bundles", "dev", "karuta.doc", "examples")
            .toAbsolutePath()
            .normalize();

    /**
     * One of them.
     *
     * @param name of its folder, the last word of its package {@code my.lab.NAME} and its id
     * @param kind such as {@code selector}, by the class
     */
    record Example(String name, String kind) {

        Path folder() {
            return FOLDER.resolve(name);
        }

        Path source() {
            return only(folder().resolve("src/main/java/my/lab").resolve(name));
        }

        /** Writes all of its files into a project, over those that are there. */
        void copyTo(Path project) throws IOException {
            try (var files = Files.walk(folder())) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var target = project.resolve(folder().relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.write(target, Files.readAllBytes(file));
                }
            }
        }

        /** What `karuta new` calls its bundle. */
        String bundle() {
            return "my.lab." + name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Examples() {}

    static List<Example> all() {
        try (var folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .map(name -> new Example(name, kind(name)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the factory that its class names. */
    private static String kind(String name) {
        var text = read(new Example(name, "").source());
        return Stream.of(
                        "Selector",
                        "PromptPool",
                        "Fusion",
                        "Learner",
                        "Baseline",
                        "Benchmark",
                        "Scorer",
                        "GuidanceEncoder")
                .filter(factory -> text.contains("factory = " + factory + ".KIND"))
                .map(factory ->
                        factory.replace("Prompt", "").replace("Guidance", "").toLowerCase(Locale.ROOT))
                .findFirst()
                .orElseThrow();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only file of a folder. */
    private static Path only(Path folder) {
        try (var files = Files.list(folder)) {
            var all = files.toList();
            if (all.size() != 1) {
                throw new IllegalStateException(folder + " has " + all.size() + " files, not one");
            }
            return all.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
