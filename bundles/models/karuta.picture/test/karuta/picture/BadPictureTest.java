package karuta.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadPictureTest {

    private static final Path PICTURES = Path.of("test", "fixtures", "refused");

    static List<Path> refused() throws IOException {
        try (var files = Files.list(PICTURES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatPillowRefusesIsRefused(Path file) {
        var error = assertThrows(KarutaException.class, () -> ImageFiles.STORED.read(file));
        assertTrue(error.getMessage().startsWith("Cannot read the picture " + file + ": "), error.getMessage());
        assertFalse(error.getMessage().contains("Exception"), error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "cut.jpg, it ends too early",
        "no-end.jpg, it ends too early",
        "cut-progressive.jpg, it ends too early",
        "arithmetic.jpg, it is JPEG of a rare kind",
        "two-channels.jpg, it has 2 channels",
        "cut.png, it ends too early",
        "adler.png, its compressed data are broken",
        "header-checksum.png, the checksum of its chunk IHDR is wrong",
        "text-bomb.png, its chunk zTXt becomes larger than a megabyte",
        "pixel-bomb.png, its data are far too short for its size",
        "no-pixels.png, it has no pixels",
        "huge.png, has 100000 x 100000 pixels",
        "far-too-large.bmp, has 60000 x 60000 pixels",
        "cut.gif, it ends too early",
        "outside.gif, its first frame (13 x 11 at 0 0) reaches out of its screen (9 x 9)",
        "cut.bmp, it ends too early",
        "cut.webp, it ends too early",
        "second-frame.webp, its pixels do not begin as they must",
        "no-padding.webp, it ends too early",
        "canvas.webp, its picture has another size than its canvas",
        "cut.tif, it ends too early",
        "uncleared-lzw.tif, its compressed data do not begin as they must",
        "pillow-jpeg.tif, it is TIFF compressed as JPEG",
        "avif.avif, it is an AVIF picture",
        "heic.jpg, it is a HEIC picture",
        "photoshop.png, it is a Photoshop file",
        "drawing.jpg, it is an SVG drawing",
        "document.jpg, it is a PDF document",
        "page.jpg, it is a web page",
        "pointer.png, it is a pointer of Git LFS",
        "archive.png, it is a zip archive",
        "text.png, it is a text of an unknown kind",
        "empty.png, it is empty",
        "missing.png, it is not there"
    })
    void theMessageSaysWhatIsWrong(String name, String reason) {
        var file = PICTURES.resolve(name);
        var error = assertThrows(KarutaException.class, () -> ImageFiles.STORED.read(file));
        var message = error.getMessage().replace("at 0, 0", "at 0 0");
        assertTrue(message.contains(file.toString()), message);
        assertTrue(message.contains(reason), message);
    }

    @Test
    void aFolderIsNoPicture(@TempDir Path folder) {
        var error = assertThrows(KarutaException.class, () -> ImageFiles.STORED.read(folder));
        assertTrue(error.getMessage().contains("it is a folder"), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"alpha.png", "bmp-1-down.bmp", "exif-1.jpg", "exif-webp-3.webp", "frames.gif", "tiff-cmyk-16.tif"
            })
    void whatSomebodyHasSentMayHaveSoManyPixelsAndNotOneMore(String name) throws IOException {
        var sent = Files.readAllBytes(Path.of("test", "fixtures", name));
        var read = ImageFiles.STORED.read(sent, Long.MAX_VALUE);
        var pixels = (long) read.width() * read.height();
        assertEquals(read.fingerprint(), ImageFiles.STORED.read(sent, pixels).fingerprint());
        var error = assertThrows(KarutaException.class, () -> ImageFiles.STORED.read(sent, pixels - 1));
        assertTrue(error.getMessage().contains("Pictures may have up to " + (pixels - 1)), error.getMessage());
        assertEquals(
                read.fingerprint(), ImageFiles.STORED.read(sent, Long.MAX_VALUE).fingerprint());
    }
}
