package karuta.lmm.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadPictureTest {

    private static final Path PICTURES = Path.of("test", "fixtures", "images", "refused");

    static Stream<Map.Entry<String, String>> pictures() {
        return Map.of(
                "cmyk.jpg", "it has 4 channels of 8 bits",
                "cut.jpg", "it ends too early",
                "cut.png", "Cannot read the picture",
                "grey-16bit.png", "it has 1 channels of 16 bits",
                "no-pixels.png", "Cannot read the picture",
                "huge.png", "has 100000 x 100000 pixels",
                "text.png", "it is of an unknown kind",
                "empty.png", "it is of an unknown kind",
                "missing.png", "missing.png")
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aBadPictureIsRefused(Map.Entry<String, String> picture) {
        var file = PICTURES.resolve(picture.getKey());
        var error = assertThrows(KarutaException.class, () -> ImageFiles.STORED.read(file));
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        assertTrue(error.getMessage().contains(picture.getValue()), error.getMessage());
    }

    @Test
    void anExtremeShapeCostsNoMoreThanItsCrop() {
        var line = new Pixels(1, 20_000_000, new byte[60_000_000]);
        assertEquals(28 * 28 * 3, processor(false).crop(line).rgb().length);
    }

    @Test
    void anExtremeShapeIsNotPadded() {
        var line = new Pixels(1, 100_000, new byte[300_000]);
        var error = assertThrows(KarutaException.class, () -> processor(true).crop(line));
        assertTrue(error.getMessage().contains("would become a square of 10000000000"), error.getMessage());
    }

    private static ImageProcessor processor(boolean pad) {
        return new ImageProcessor(
                new ImageProcessor.Size.Shortest(28), 28, 28, 1 / 255.0, List.of(0., 0., 0.), List.of(1., 1., 1.), pad);
    }
}
