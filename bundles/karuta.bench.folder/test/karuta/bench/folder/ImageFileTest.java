package karuta.bench.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import karuta.api.KarutaException;
import karuta.api.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {

    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int RGB_ALPHA = 6;

    private final Path folder;

    ImageFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void coloursAreReadAsTheyAreStored() throws IOException {
        assertPixels(List.of(1, 2, 3, 250, 251, 252), png(RGB, 8, 1, 2, 3, 250, 251, 252));
    }

    @Test
    void alphaIsDroppedWithoutBlending() throws IOException {
        assertPixels(List.of(10, 20, 30, 40, 50, 60), png(RGB_ALPHA, 8, 10, 20, 30, 0, 40, 50, 60, 128));
        assertPixels(List.of(10, 10, 10, 40, 40, 40), png(GREY_ALPHA, 8, 10, 0, 40, 128));
    }

    @Test
    void greyIsRepeatedNotConverted() throws IOException {
        assertPixels(List.of(100, 100, 100, 7, 7, 7), png(GREY, 8, 100, 7));
        assertPixels(List.of(255, 255, 255, 85, 85, 85), png(GREY, 2, 0b11_01_0000));
    }

    @Test
    void ofSixteenBitsTheUpperEightCount() throws IOException {
        assertPixels(List.of(1, 2, 3, 4, 5, 6), png(RGB, 16, 1, 255, 2, 0, 3, 99, 4, 0, 5, 0, 6, 0));
    }

    @Test
    void aPaletteIsLookedUp() throws IOException {
        assertPixels(List.of(9, 8, 7, 1, 2, 3), png(PALETTE, 1, 0b1_0_000000));
    }

    @Test
    void aGreyJpegKeepsItsLevels() throws IOException {
        var image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (var i = 0; i < 256; i++) {
            image.getRaster().setSample(i % 16, i / 16, 0, 100);
        }
        var file = folder.resolve("grey.jpg");
        assertTrue(ImageIO.write(image, "jpg", file.toFile()));
        for (var level : new ImageFile(file).pixels().rgb()) {
            assertEquals(100, level & 0xFF, 1);
        }
    }

    @Test
    void theFingerprintNamesThePixelsNotTheFile() throws IOException {
        var rgb = new ImageFile(png(RGB, 8, 5, 5, 5, 9, 9, 9));
        var grey = new ImageFile(png(GREY, 8, 5, 9));
        var other = new ImageFile(png(GREY, 8, 5, 8));
        assertEquals(rgb.fingerprint(), grey.fingerprint());
        assertNotEquals(rgb.fingerprint(), other.fingerprint());
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        var whole = Files.readAllBytes(noise("png"));
        assertNamed("cut.png", Arrays.copyOf(whole, whole.length / 2));
        var photo = Files.readAllBytes(noise("jpg"));
        assertNamed("cut.jpg", Arrays.copyOf(photo, photo.length * 3 / 4));
        assertNamed("empty.png", new byte[0]);
        assertNamed("text.png", "hello".getBytes());
        var missing = folder.resolve("missing.png");
        var error = assertThrows(KarutaException.class, () -> new ImageFile(missing).pixels());
        assertTrue(error.getMessage().contains("missing.png"), error.getMessage());
    }

    @Test
    void aHugeImageIsRefusedBeforeItIsDecoded() throws IOException {
        var header = new ByteArrayOutputStream();
        header.writeBytes(SIGNATURE);
        chunk(header, "IHDR", ihdr(100_000, 100_000, 8, RGB));
        chunk(header, "IDAT", new byte[0]);
        var file = Files.write(folder.resolve("huge.png"), header.toByteArray());
        var error = assertThrows(KarutaException.class, () -> new ImageFile(file).pixels());
        assertTrue(error.getMessage().contains("100000 x 100000"), error.getMessage());
    }

    private void assertNamed(String name, byte[] content) throws IOException {
        var file = Files.write(folder.resolve(name), content);
        var error = assertThrows(KarutaException.class, () -> new ImageFile(file).pixels(), name);
        assertTrue(error.getMessage().contains(name), error.getMessage());
    }

    private static void assertPixels(List<Integer> expected, Path file) {
        Pixels pixels = new ImageFile(file).pixels();
        assertEquals(2, pixels.width());
        assertEquals(1, pixels.height());
        var bytes = new byte[6];
        for (var i = 0; i < 6; i++) {
            bytes[i] = expected.get(i).byteValue();
        }
        assertArrayEquals(bytes, pixels.rgb());
    }

    private Path noise(String format) throws IOException {
        var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (var i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, i * 2654435 & 0xFFFFFF);
        }
        var file = folder.resolve("noise." + format);
        ImageIO.write(image, format, file.toFile());
        return file;
    }

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** A PNG of two pixels; of the palette, entry 0 is (1, 2, 3) and entry 1 (9, 8, 7). */
    private Path png(int type, int depth, int... data) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        chunk(out, "IHDR", ihdr(2, 1, depth, type));
        if (type == PALETTE) {
            chunk(out, "PLTE", new byte[] {1, 2, 3, 9, 8, 7});
        }
        var packed = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(packed)) {
            deflater.write(0); // no filter
            for (var value : data) {
                deflater.write(value);
            }
        }
        chunk(out, "IDAT", packed.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return Files.write(Files.createTempFile(folder, "image", ".png"), out.toByteArray());
    }

    private static byte[] ihdr(int width, int height, int depth, int type) {
        return ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) depth)
                .put((byte) type)
                .put(new byte[3])
                .array();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        var typed = new ByteArrayOutputStream();
        typed.writeBytes(type.getBytes());
        typed.writeBytes(data);
        var crc = new CRC32();
        crc.update(typed.toByteArray());
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(typed.toByteArray());
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
