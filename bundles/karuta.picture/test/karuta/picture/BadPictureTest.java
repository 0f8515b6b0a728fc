package karuta.picture;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import karuta.api.KarutaException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadPictureTest {

    private static final Path PICTURES = Path.of("test", "fixtures", "refused");

    @ParameterizedTest
    @CsvSource({
        "cmyk.jpg, it has 4 channels of 8 bits",
        "cut.jpg, it ends too early",
        "cut.png, Cannot read the picture",
        "cut.gif, Cannot read the picture",
        "part.gif, its first frame does not cover it",
        "grey-16bit.png, it has 1 channels of 16 bits",
        "no-pixels.png, Cannot read the picture",
        "huge.png, has 100000 x 100000 pixels",
        "text.png, it is of an unknown kind",
        "empty.png, it is of an unknown kind",
        "missing.png, Cannot read the picture"
    })
    void aBadPictureIsRefused(String name, String reason) {
        var file = PICTURES.resolve(name);
        var error = assertThrows(KarutaException.class, () -> ImageFiles.STORED.read(file));
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        assertTrue(error.getMessage().contains(reason), error.getMessage());
    }
}
