package karuta.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import karuta.api.KarutaException;
import karuta.api.Pixels;

/**
 * Reading of PNG, JPEG, GIF and BMP files into the same bytes as Pillow: colour profiles are ignored; grey and palette
 * colours are taken as they are stored. Of an animation, the first frame is read.
 *
 * @param upright whether a picture is turned as the camera noted in the EXIF data of a JPEG file
 * @param transparency what becomes of transparent pixels
 */
public record ImageFiles(boolean upright, Transparency transparency) {

    /** Pictures as the LLaVA repository sees them: as they are stored, whatever the camera noted. */
    public static final ImageFiles STORED = new ImageFiles(false, Transparency.DROPPED);

    /** Above this a file is refused before it is decoded. Pillow warns from here on. */
    public static final long MAX_PIXELS = 89_478_485;

    private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "bmp");

    /**
     * Reads a picture.
     *
     * @throws KarutaException if it cannot be read, is too large, or is of another kind
     */
    public Pixels read(Path file) {
        try (var in = new FileImageInputStream(file.toFile())) {
            var orientation = upright ? Exif.orientation(in) : Orientation.UPRIGHT;
            in.seek(0);
            return orientation.apply(decode(file, in));
        } catch (KarutaException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // broken files make decoders fail in many ways
            throw new KarutaException(
                    "Cannot read the picture " + file + ": " + e.getMessage(),
                    "Give a complete PNG, JPEG, GIF or BMP file with grey, palette or RGB colours.",
                    e);
        }
    }

    private Pixels decode(Path file, ImageInputStream in) throws IOException {
        var reader = reader(ImageIO.getImageReaders(in));
        try {
            reader.setInput(in, true, true);
            var pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MAX_PIXELS) {
                throw new KarutaException(
                        "The picture " + file + " has " + reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels.",
                        "Pictures may have up to " + MAX_PIXELS + "; shrink it.");
            }
            var warnings = new ArrayList<String>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            var image = reader.read(0);
            if (warnings.stream().anyMatch(w -> w.contains("Truncated File"))) { // what is missing was filled up
                throw new IOException("it ends too early");
            }
            if (format(reader).equals("gif") && !fillsScreen(image, in)) {
                throw new IOException("its first frame does not cover it");
            }
            return pixels(image);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(Iterator<ImageReader> readers) throws IOException {
        while (readers.hasNext()) {
            var reader = readers.next();
            if (FORMATS.contains(format(reader))) {
                return reader;
            }
        }
        throw new IOException("it is of an unknown kind");
    }

    private static String format(ImageReader reader) throws IOException {
        return reader.getFormatName().toLowerCase(Locale.ROOT);
    }

    /** The size of a GIF file is that of its screen, of which a frame can be a part (GIF89a, section 18). */
    private static boolean fillsScreen(BufferedImage frame, ImageInputStream gif) throws IOException {
        gif.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        gif.seek(6);
        return gif.readUnsignedShort() == frame.getWidth() && gif.readUnsignedShort() == frame.getHeight();
    }

    /** Not getRGB: it would convert grey values from one colour space to another, off by up to 73 of 255. */
    private Pixels pixels(BufferedImage image) throws IOException {
        var raster = image.getRaster();
        var bands = raster.getNumBands();
        var width = image.getWidth();
        var row = new int[width * bands];
        var rgb = new byte[width * image.getHeight() * 3];
        var colors = Colors.of(image);
        var at = 0;
        for (var y = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (var from = 0; from < row.length; from += bands) {
                var alpha = colors.of(row, from, 3);
                for (var channel = 0; channel < 3; channel++) {
                    rgb[at++] = (byte) transparency.seen(colors.of(row, from, channel), alpha);
                }
            }
        }
        return new Pixels(width, image.getHeight(), rgb);
    }
}
