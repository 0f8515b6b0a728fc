package karuta.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.api.KarutaException;

/** A model folder out of this bundle, unpacked for as long as it is needed. */
final class EmbeddedFolder implements AutoCloseable {

    private static final List<String> FILES = List.of(
            "config.json",
            "generation_config.json",
            "model.safetensors",
            "preprocessor_config.json",
            "processor_config.json",
            "tokenizer.json",
            "tokenizer_config.json");

    private final Path folder;

    private EmbeddedFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Unpacks a model.
     *
     * @param model {@code clip} or {@code llava}
     * @throws KarutaException if there is no room for it
     */
    static EmbeddedFolder open(String model) {
        try {
            var unpacked = new EmbeddedFolder(Files.createTempDirectory("karuta-tiny-" + model + "-"));
            try {
                for (var file : FILES) {
                    unpacked.unpack(model, file);
                }
                return unpacked;
            } catch (IOException e) {
                unpacked.close();
                throw e;
            }
        } catch (IOException e) {
            throw new KarutaException(
                    "Cannot unpack the embedded model " + model + ": " + e,
                    "Make 10 MB free in the folder for temporary files, " + System.getProperty("java.io.tmpdir") + ".",
                    e);
        }
    }

    /** Where it is. */
    Path path() {
        return folder;
    }

    private void unpack(String model, String file) throws IOException {
        try (var content = EmbeddedFolder.class.getResourceAsStream("model/" + model + "/" + file)) {
            if (content != null) {
                Files.copy(content, folder.resolve(file));
            }
        }
    }

    /** Removes it. A system that does not let go of a mapped file removes it when the process ends. */
    @Override
    public void close() {
        folder.toFile().deleteOnExit();
        for (var file : FILES) {
            remove(folder.resolve(file));
        }
        remove(folder);
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }
}
