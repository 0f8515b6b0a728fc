package karuta.bench.folder;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import karuta.api.Image;
import karuta.api.Pixels;

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
            png(image.pixels(), root.resolve(path));
            written.put(fingerprint, path);
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
}
