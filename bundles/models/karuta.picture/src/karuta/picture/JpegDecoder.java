package karuta.picture;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The JDK's decoder. That is libjpeg 6b in most JDKs, and the system's libjpeg-turbo in those of Linux distributions;
 * where the two differ, this tells them apart.
 */
final class JpegDecoder {

    /** What was decoded, and what the decoder said meanwhile. */
    record Decoded(Raster samples, List<String> warnings) {}

    /** 8 x 16 pixels, red over blue, whose colours have half as many rows. */
    private static final byte[] TWO_COLORS = Base64.getDecoder()
            .decode(
                    "/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARES"
                            + "EhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAQAAgDARIAAhEB"
                            + "AxEB/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAUAQEAAAAAAAAAAAAAAAAAAAAF/8QAGREAAgMB"
                            + "AAAAAAAAAAAAAAAAAGMVoeEW/9oADAMBAAIRAxEAPwAUOU51taMzy7w//9k=");

    private static final boolean SMOOTHS_DOWNWARDS = smoothsDownwards();

    private JpegDecoder() {}

    /** Samples in the file's own colours. */
    static Decoded decode(byte[] file) {
        var reader = reader();
        var warnings = new ArrayList<String>();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            return new Decoded(reader.readRaster(0, null), warnings);
        } catch (IOException | RuntimeException e) {
            throw new BadPicture("it is damaged (" + e.getMessage() + ")");
        } finally {
            reader.dispose();
        }
    }

    /** Whether channels of half as many rows come smoothed, as from libjpeg-turbo, or with each row twice. */
    static boolean smooths() {
        return SMOOTHS_DOWNWARDS;
    }

    private static boolean smoothsDownwards() {
        var samples = decode(TWO_COLORS).samples();
        return samples.getSample(0, 6, 1) != samples.getSample(0, 7, 1);
    }

    /** The JDK's own, whatever plug-ins there are. */
    private static ImageReader reader() {
        var readers = ImageIO.getImageReadersByFormatName("jpeg");
        while (readers.hasNext()) {
            var reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
                return reader;
            }
        }
        throw new BadPicture("this Java has no reader of JPEG", "Use a JDK with the module java.desktop.");
    }
}
