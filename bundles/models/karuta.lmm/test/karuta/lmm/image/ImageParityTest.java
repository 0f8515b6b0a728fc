package karuta.lmm.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Stream;
import karuta.api.Pixels;
import karuta.safetensors.SafeTensors;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of many shapes against the image processors of Transformers: every byte is equal. */
class ImageParityTest {

    private static final Path CONFIGURATION = Path.of("test", "fixtures", "images");

    private static SafeTensors expected;
    private static NDManager manager;

    @BeforeAll
    static void open() {
        TorchEngine.start();
        manager = NDManager.newBaseManager();
        expected = SafeTensors.open(Path.of("test", "fixtures", "images.safetensors"));
    }

    @AfterAll
    static void close() {
        expected.close();
        manager.close();
    }

    static Stream<String> images() {
        return having("/stored");
    }

    private static Stream<String> having(String part) {
        return expected.names().stream()
                .filter(name -> name.endsWith(part))
                .map(name -> name.substring(0, name.length() - part.length()));
    }

    @ParameterizedTest
    @MethodSource("images")
    void anImageIsCroppedLikeTransformers(String name) {
        requireEqual(name + "/cropped", ImageProcessor.read(CONFIGURATION).crop(pixels(name + "/stored")));
    }

    @ParameterizedTest
    @MethodSource("images")
    void anImageIsPaddedLikeTransformers(String name) {
        var padding = ImageProcessor.read(CONFIGURATION).padding(true);
        requireEqual(name + "/padded", padding.crop(pixels(name + "/stored")));
    }

    @ParameterizedTest
    @MethodSource("images")
    void anImageIsStretchedLikeTransformers(String name) {
        var clip = ImageProcessor.read(CONFIGURATION);
        var stretching = new ImageProcessor(
                new ImageProcessor.Size.Exact(40, 28), 30, 28, clip.scale(), clip.mean(), clip.deviation(), false);
        requireEqual(name + "/stretched", stretching.crop(pixels(name + "/stored")));
    }

    static Stream<String> withValues() {
        return having("/values");
    }

    @ParameterizedTest
    @MethodSource("withValues")
    void anImageIsNormalisedLikeTransformers(String name) {
        var processor = ImageProcessor.read(CONFIGURATION);
        var image = pixels(name + "/stored");
        assertArrayEquals(floats(name + "/values"), processor.process(image));
        assertArrayEquals(
                floats(name + "/padded_values"), processor.padding(true).process(image));
    }

    @Test
    void aLargeImageIsCroppedLikeTransformers() throws NoSuchAlgorithmException {
        var clip = ImageProcessor.read(CONFIGURATION);
        var large = new ImageProcessor(
                new ImageProcessor.Size.Shortest(336), 336, 336, clip.scale(), clip.mean(), clip.deviation(), false);
        var digest = MessageDigest.getInstance("SHA-256")
                .digest(large.crop(pattern(640, 413)).rgb());
        var array = expected.read("large/digest", manager, DataType.UINT8);
        assertArrayEquals(array.toByteArray(), digest);
    }

    /** Computed as by the script that made the expected values, which spares a large file. */
    private static Pixels pattern(int width, int height) {
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.length; i++) {
            var y = i / 3 / width;
            var x = i / 3 % width;
            rgb[i] = (byte) ((x * (i % 3 + 3) + y * y) % 251);
        }
        return new Pixels(width, height, rgb);
    }

    private static float[] floats(String name) {
        return expected.read(name, manager, DataType.FLOAT32).toFloatArray();
    }

    private static Pixels pixels(String name) {
        var array = expected.read(name, manager, DataType.UINT8);
        var shape = array.getShape();
        return new Pixels((int) shape.get(1), (int) shape.get(0), array.toByteArray());
    }

    private static void requireEqual(String name, Pixels actual) {
        var wanted = pixels(name);
        assertEquals(wanted.height(), actual.height(), "height");
        assertEquals(wanted.width(), actual.width(), "width");
        assertArrayEquals(wanted.rgb(), actual.rgb());
    }
}
