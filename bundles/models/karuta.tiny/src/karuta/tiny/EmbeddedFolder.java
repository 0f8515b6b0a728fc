package karuta.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.api.KarutaException;
import karuta.files.TemporaryFolder;

/** A model folder out of this bundle, unpacked for as long as it is needed; what killed processes have left is removed. */
final class EmbeddedFolder implements AutoCloseable {

    private static final List<String> FILES = List.of(
            "config.json",
            "generation_config.json",
            "model.safetensors",
            "preprocessor_config.json",
            "processor_config.json",
            "tokenizer.json",
            "tokenizer_config.json");

    private final TemporaryFolder folder;

    private EmbeddedFolder(TemporaryFolder folder) {
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
            var temporary = Path.of(System.getProperty("java.io.tmpdir"));
            var unpacked = new EmbeddedFolder(TemporaryFolder.in(temporary, "karuta-tiny-" + model + "-"));
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
        return folder.path();
    }

    private void unpack(String model, String file) throws IOException {
        try (var content = EmbeddedFolder.class.getResourceAsStream("model/" + model + "/" + file)) {
            if (content != null) {
                Files.copy(content, folder.path().resolve(file));
            }
        }
    }

    /** Removes it. */
    @Override
    public void close() {
        folder.close();
    }
}
