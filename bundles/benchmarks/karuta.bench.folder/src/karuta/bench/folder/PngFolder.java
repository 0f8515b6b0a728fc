package karuta.bench.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import karuta.api.Image;
import karuta.picture.PngWriter;

/** A folder of images as PNG. */
final class PngFolder {

    private final Path root;
    private final String name;
    private final Map<String, String> written = new HashMap<>();

    /**
     * @param root that paths start from
     * @param name of the folder in it
     */
    PngFolder(Path root, String name) throws IOException {
        this.root = root;
        this.name = name;
        Files.createDirectories(root.resolve(name));
    }

    /** The path of an image; a picture that several samples ask about is written once. */
    String path(Image image) throws IOException {
        var fingerprint = image.fingerprint();
        if (!written.containsKey(fingerprint)) {
            var path = name + "/%05d.png".formatted(written.size());
            Files.write(root.resolve(path), PngWriter.write(image.pixels()));
            written.put(fingerprint, path);
        }
        return written.get(fingerprint);
    }
}
