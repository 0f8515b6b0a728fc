package karuta.lmm.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import karuta.api.KarutaException;
import karuta.api.Pixels;
import org.junit.jupiter.api.Test;

class ExtremeShapeTest {

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
