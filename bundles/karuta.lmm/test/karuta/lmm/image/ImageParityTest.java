package karuta.lmm.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Pixels;
import karuta.lmm.safetensors.SafeTensors;
import karuta.tensor.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures of all kinds against Pillow and the image processors of Transformers: every byte is equal. */
class ImageParityTest {

    private static final Path PICTURES = Path.of("test", "fixtures", "images");

    private static SafeTensors expected;
    private static NDManager manager;

    @BeforeAll
    static void open() {
        Torch.start();
        manager = NDManager.newBaseManager();
        expected = SafeTensors.open(Path.of("test", "fixtures", "images.safetensors"));
    }

    @AfterAll
    static void close() {
        expected.close();
        manager.close();
    }

    static List<String> pictures() throws IOException {
        try (var files = Files.list(PICTURES)) {
            var names = files.map(f -> f.getFileName().toString())
                    .filter(n -> n.matches(".*\\.(png|jpg|bmp)") && !n.startsWith("large"))
                    .sorted()
                    .toList();
            assertTrue(names.size() > 40, "the fixtures are there");
            return names;
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aPictureIsDecodedLikePillow(String name) {
        var stored = new ImageFiles(false, Transparency.DROPPED);
        requireEqual(name + "/stored", stored.read(PICTURES.resolve(name)));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void transparentPixelsAreSeenBeforeWhite(String name) {
        var differs = expected.names().contains(name + "/seen");
        assertEquals(name.contains("alpha") || name.contains("transparent"), differs);
        requireEqual(name + (differs ? "/seen" : "/stored"), read(name));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aPictureIsCroppedLikeTransformers(String name) {
        requireEqual(name + "/cropped", ImageProcessor.read(PICTURES).crop(read(name)));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aPictureIsPaddedLikeTransformers(String name) {
        requireEqual(
                name + "/padded", ImageProcessor.read(PICTURES).padding(true).crop(read(name)));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aPictureIsStretchedLikeTransformers(String name) {
        var clip = ImageProcessor.read(PICTURES);
        var stretching = new ImageProcessor(
                new ImageProcessor.Size.Exact(40, 28), 30, 28, clip.scale(), clip.mean(), clip.deviation(), false);
        requireEqual(name + "/stretched", stretching.crop(read(name)));
    }

    static Stream<String> withValues() throws IOException {
        return pictures().stream().filter(name -> expected.names().contains(name + "/values"));
    }

    @ParameterizedTest
    @MethodSource("withValues")
    void aPictureIsNormalisedLikeTransformers(String name) {
        var processor = ImageProcessor.read(PICTURES);
        assertArrayEquals(floats(name + "/values"), processor.process(read(name)));
        assertArrayEquals(
                floats(name + "/padded_values"), processor.padding(true).process(read(name)));
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void aPictureIsTurnedUprightOnlyIfAskedTo(int orientation) {
        var name = "exif-" + orientation + ".jpg";
        var upright = new ImageFiles(true, Transparency.WHITE);
        requireEqual(name + "/upright", upright.read(PICTURES.resolve(name)));
        requireEqual(name + "/stored", read(name));
    }

    static IntStream orientations() {
        return IntStream.rangeClosed(1, 8);
    }

    @Test
    void aLargePictureIsCroppedLikeTransformers() throws NoSuchAlgorithmException {
        var name = "large-640x413.jpg";
        var clip = ImageProcessor.read(PICTURES);
        var large = new ImageProcessor(
                new ImageProcessor.Size.Shortest(336), 336, 336, clip.scale(), clip.mean(), clip.deviation(), false);
        var digest = MessageDigest.getInstance("SHA-256")
                .digest(large.crop(read(name)).rgb());
        var array = expected.read(name + "/digest", manager, DataType.UINT8);
        assertArrayEquals(array.toByteArray(), digest);
    }

    private static Pixels read(String name) {
        return ImageFiles.STORED.read(PICTURES.resolve(name));
    }

    private static float[] floats(String name) {
        return expected.read(name, manager, DataType.FLOAT32).toFloatArray();
    }

    private static void requireEqual(String name, Pixels pixels) {
        var array = expected.read(name, manager, DataType.UINT8);
        assertEquals(array.getShape().get(0), pixels.height(), "height");
        assertEquals(array.getShape().get(1), pixels.width(), "width");
        assertArrayEquals(array.toByteArray(), pixels.rgb());
    }
}
