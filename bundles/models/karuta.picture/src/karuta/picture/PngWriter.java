package karuta.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import karuta.api.Pixels;

/** Pixels as a PNG file, which gives the same pixels again. */
public final class PngWriter {

    private PngWriter() {}

    /** The bytes of the file. */
    public static byte[] write(Pixels pixels) {
        var image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        var rgb = pixels.rgb();
        for (var i = 0; i < pixels.width() * pixels.height(); i++) {
            var colour = (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | rgb[3 * i + 2] & 0xFF;
            image.setRGB(i % pixels.width(), i / pixels.width(), colour);
        }
        try {
            var bytes = new ByteArrayOutputStream();
            if (!ImageIO.write(image, "png", bytes)) {
                throw new IOException("this Java cannot write PNG");
            }
            return bytes.toByteArray();
        } catch (IOException incomplete) {
            throw new UncheckedIOException(incomplete);
        }
    }
}
