package karuta.picture;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * libwebp, the library that Pillow uses, too. It is native code, brought by com.github.usefulness:webp-imageio and
 * unpacked into Java's temporary folder.
 */
final class WebPDecoder {

    private WebPDecoder() {}

    /**
     * Decodes a file that holds one picture.
     *
     * @param size of the picture
     * @return alpha, red, green and blue, row by row
     */
    static int[] decode(byte[] file, Size size) {
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            var reader = new WebPImageReaderSpi().createReaderInstance(null);
            reader.setInput(in, true, true);
            var image = reader.read(0);
            if (image.getWidth() != size.width() || image.getHeight() != size.height()) {
                throw new BadPicture("its parts contradict one another");
            }
            return image.getRGB(0, 0, size.width(), size.height(), new int[size.pixels()], 0, size.width());
        } catch (IOException e) {
            throw new BadPicture("it is damaged (" + e.getMessage() + ")");
        } catch (LinkageError e) {
            throw new BadPicture(
                    "the native library for WebP cannot be loaded (" + e.getMessage() + ")",
                    "It is unpacked into " + System.getProperty("java.io.tmpdir")
                            + ": can this user write there, and is"
                            + " it not mounted noexec? Another folder: KARUTA_JAVA_OPTS=-Djava.io.tmpdir=FOLDER. Or convert"
                            + " the pictures to PNG.");
        }
    }
}
