package karuta.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import karuta.api.KarutaException;
import karuta.picture.ImageFiles;
import karuta.picture.Transparency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {

    private final Path folder;

    ImageFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void alphaIsDroppedWithoutBlending() throws IOException {
        var pixels =
                new ImageFile(png(BufferedImage.TYPE_INT_ARGB, 0x000A141E, 0x8028323C), ImageFiles.STORED).pixels();
        assertEquals(2, pixels.width());
        assertEquals(1, pixels.height());
        assertArrayEquals(new byte[] {10, 20, 30, 40, 50, 60}, pixels.rgb());
    }

    @Test
    void transparentPixelsAreSeenBeforeWhiteWhereAskedFor() throws IOException {
        var file = png(BufferedImage.TYPE_INT_ARGB, 0x000A141E, 0xFF28323C);
        var pixels = new ImageFile(file, new ImageFiles(false, Transparency.WHITE)).pixels();
        assertArrayEquals(new byte[] {-1, -1, -1, 0x28, 0x32, 0x3C}, pixels.rgb());
    }

    @Test
    void theFingerprintNamesThePixelsNotTheFile() throws IOException {
        var opaque = new ImageFile(png(BufferedImage.TYPE_INT_RGB, 0x050505, 0x090909), ImageFiles.STORED);
        var transparent = new ImageFile(png(BufferedImage.TYPE_INT_ARGB, 0x77050505, 0x77090909), ImageFiles.STORED);
        var other = new ImageFile(png(BufferedImage.TYPE_INT_RGB, 0x050505, 0x080909), ImageFiles.STORED);
        assertEquals(opaque.fingerprint(), transparent.fingerprint());
        assertNotEquals(opaque.contentHash(), transparent.contentHash());
        assertNotEquals(opaque.fingerprint(), other.fingerprint());
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        for (var format : List.of("png", "jpg", "gif")) {
            var whole = Files.readAllBytes(noise(format));
            for (var length : List.of(0, 1, whole.length / 4, whole.length / 2, whole.length - 100)) {
                assertNamed("cut." + format, Optional.of(Arrays.copyOf(whole, length)));
            }
        }
        assertNamed("text.png", Optional.of("hello".getBytes()));
        assertNamed("missing.png", Optional.empty());
    }

    private void assertNamed(String name, Optional<byte[]> content) throws IOException {
        var file = folder.resolve(name);
        if (content.isPresent()) {
            Files.write(file, content.get());
        }
        var error = assertThrows(KarutaException.class, () -> new ImageFile(file, ImageFiles.STORED).pixels(), name);
        assertTrue(error.getMessage().contains(name), error.getMessage());
    }

    /** Two pixels side by side. */
    private Path png(int type, int left, int right) throws IOException {
        var image = new BufferedImage(2, 1, type);
        image.setRGB(0, 0, left);
        image.setRGB(1, 0, right);
        var file = Files.createTempFile(folder, "image", ".png");
        assertTrue(ImageIO.write(image, "png", file.toFile()));
        return file;
    }

    private Path noise(String format) throws IOException {
        var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (var i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, i * 2654435 & 0xFFFFFF);
        }
        var file = folder.resolve("noise." + format);
        assertTrue(ImageIO.write(image, format, file.toFile()));
        return file;
    }
}
