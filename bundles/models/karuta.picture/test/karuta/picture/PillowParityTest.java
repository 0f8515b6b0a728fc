package karuta.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import karuta.api.Pixels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures of all kinds against Pillow: every byte is equal. */
class PillowParityTest {

    private static final Path PICTURES = Path.of("test", "fixtures");

    /** Sizes and SHA-256 of pixels, by what was read and how. */
    private static Map<String, String> expected;

    @BeforeAll
    static void read() throws IOException {
        expected = Files.readAllLines(PICTURES.resolve("decoded.txt")).stream()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }

    static List<String> pictures() throws IOException {
        try (var files = Files.list(PICTURES)) {
            var names = files.map(f -> f.getFileName().toString())
                    .filter(n -> n.matches(".*\\.(png|jpg|gif|bmp|webp|tif)"))
                    .sorted()
                    .toList();
            assertTrue(names.size() > 430, "the fixtures are there");
            return names;
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aPictureIsDecodedLikePillow(String name) {
        requireEqual(name + "/stored", ImageFiles.STORED.read(PICTURES.resolve(name)));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void transparentPixelsAreSeenBeforeWhite(String name) {
        var differs = expected.containsKey(name + "/seen");
        assertTrue(!differs || name.contains("alpha") || name.contains("transparen"), name);
        var white = new ImageFiles(false, Transparency.WHITE);
        requireEqual(name + (differs ? "/seen" : "/stored"), white.read(PICTURES.resolve(name)));
    }

    @ParameterizedTest
    @MethodSource("turned")
    void aPictureIsTurnedUprightOnlyIfAskedTo(String name) {
        var upright = new ImageFiles(true, Transparency.DROPPED);
        requireEqual(name + "/upright", upright.read(PICTURES.resolve(name)));
        requireEqual(name + "/stored", ImageFiles.STORED.read(PICTURES.resolve(name)));
    }

    static List<String> turned() throws IOException {
        return pictures().stream().filter(n -> n.startsWith("exif-")).toList();
    }

    private static void requireEqual(String name, Pixels pixels) {
        assertEquals(expected.get(name), Fingerprints.of(pixels));
    }
}
