package karuta.lmm.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import karuta.api.KarutaException;
import karuta.api.Pixels;

/**
 * Reading of PNG, JPEG and BMP files into the same bytes as Pillow: colour profiles are ignored; grey and palette
 * colours are taken as they are stored.
 *
 * @param upright whether a picture is turned as the camera noted in the EXIF data of a JPEG file
 * @param transparency what becomes of transparent pixels
 */
public record ImageFiles(boolean upright, Transparency transparency) {

    /** Pictures as Transformers and the LLaVA repository see them: as they are stored, whatever the camera noted. */
    public static final ImageFiles STORED = new ImageFiles(false, Transparency.WHITE);

    /** Above this a file is refused before it is decoded. Pillow warns from here on. */
    public static final long MAX_PIXELS = 89_478_485;

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
                    "Give a complete PNG, JPEG or BMP file with grey, palette or RGB colours.",
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
            return pixels(image);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(Iterator<ImageReader> readers) throws IOException {
        while (readers.hasNext()) {
            var reader = readers.next();
            var format = reader.getFormatName().toLowerCase(Locale.ROOT);
            if (format.equals("png") || format.equals("jpeg") || format.equals("bmp")) {
                return reader;
            }
        }
        throw new IOException("it is of an unknown kind");
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
