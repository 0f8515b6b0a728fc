package karuta.bench.folder;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import karuta.api.KarutaException;
import karuta.api.Pixels;

/**
 * Decodes as Pillow's {@code Image.open(file).convert("RGB")} does: alpha is dropped without blending, grey and palette
 * images become RGB value by value, no colour profile and no EXIF rotation is applied. Java's own conversion would
 * change grey JPEGs by up to 73 levels. Of 16 bits the upper 8 count (Pillow does so with RGB, but cuts off grey at
 * 255).
 */
final class ImageDecoder {

    /** Pillow warns from here on ({@code Image.MAX_IMAGE_PIXELS}). */
    private static final long MOST_PIXELS = 89_478_485;

    private ImageDecoder() {}

    /**
     * @param content of the file
     * @param name for messages
     */
    static Pixels decode(byte[] content, String name) {
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new KarutaException(
                        "The file " + name + " is no image of a known format.",
                        "Convert it to PNG or JPEG; GIF, BMP and TIFF are read too.");
            }
            var reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return pixels(read(reader, name), name);
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw damaged(name, String.valueOf(e.getMessage()), e); // ImageIO throws any of these on damaged files
        }
    }

    private static BufferedImage read(ImageReader reader, String name) throws IOException {
        var pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw new KarutaException(
                    "The image " + name + " has " + reader.getWidth(0) + " x " + reader.getHeight(0)
                            + " pixels, more than " + MOST_PIXELS + " in all.",
                    "Scale it down; the model sees a small picture anyway.");
        }
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        var image = reader.read(0);
        for (var warning : warnings) {
            if (warning.toLowerCase(Locale.ROOT).contains("premature end")) { // a truncated JPEG, filled with grey
                throw damaged(name, warning, new IOException(warning));
            }
        }
        return image;
    }

    private static KarutaException damaged(String name, String why, Exception cause) {
        return new KarutaException(
                "The image " + name + " cannot be decoded: " + why + ".",
                "Is the file complete? Save it again as an RGB PNG or JPEG.",
                cause);
    }

    private static Pixels pixels(BufferedImage image, String name) {
        var width = image.getWidth();
        var height = image.getHeight();
        var rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        if (image.getColorModel() instanceof IndexColorModel || !wholeBytes(image)) {
            byColour(image, rgb);
        } else {
            bySample(image, rgb, name);
        }
        return new Pixels(width, height, rgb);
    }

    private static boolean wholeBytes(BufferedImage image) {
        for (var bits : image.getColorModel().getComponentSize()) {
            if (bits != 8 && bits != 16) {
                return false;
            }
        }
        return true;
    }

    private static void byColour(BufferedImage image, byte[] rgb) {
        var row = new int[image.getWidth()];
        for (int y = 0, at = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (var argb : row) {
                rgb[at++] = (byte) (argb >> 16);
                rgb[at++] = (byte) (argb >> 8);
                rgb[at++] = (byte) argb;
            }
        }
    }

    /** Reads the stored numbers. */
    private static void bySample(BufferedImage image, byte[] rgb, String name) {
        var model = image.getColorModel();
        var colours = model.getNumColorComponents();
        var type = model.getColorSpace().getType();
        if (!(colours == 1 || colours == 3 && type == ColorSpace.TYPE_RGB)) {
            throw new KarutaException(
                    "The image " + name + " is neither grey nor RGB.",
                    "Convert it to RGB; CMYK images cannot be used.");
        }
        var shift = model.getComponentSize(0) - 8;
        var raster = image.getRaster();
        var bands = raster.getNumBands();
        var row = new int[image.getWidth() * bands];
        for (int y = 0, at = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, image.getWidth(), 1, row);
            for (var x = 0; x < row.length; x += bands) {
                for (var c = 0; c < 3; c++) {
                    rgb[at++] = (byte) (row[x + (colours == 1 ? 0 : c)] >> shift);
                }
            }
        }
    }
}
