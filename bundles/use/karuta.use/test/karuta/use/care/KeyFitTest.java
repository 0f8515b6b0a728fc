package karuta.use.care;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys that keep the likeness of an old encoder. */
class KeyFitTest {

    private static final int WIDTH = 6;

    private final Random random = new Random(9);

    /** A new encoder that sees the same in a larger and turned space: all cosines can be kept, and are. */
    @Test
    void anEncoderThatSeesTheSameKeepsEveryCosine() {
        var old = samples(60);
        var fresh = old.stream()
                .map(sample -> Map.of("image", turned(sample.get("image")), "text", turned(sample.get("text"))))
                .toList();
        var keys = new float[][] {vector(), vector()};
        var fitted = new KeyFit(old, fresh).keys(keys);
        for (var i = 0; i < old.size(); i++) {
            for (var row = 0; row < keys.length; row++) {
                assertEquals(
                        cosine(old.get(i).get("image"), keys[row]),
                        cosine(fresh.get(i).get("image"), fitted[row]),
                        1e-4);
            }
        }
    }

    @Test
    void aSampleWithoutImageCountsByItsText() {
        var old = List.of(Map.of("text", new float[] {1, 0}), Map.of("text", new float[] {0, 1}));
        var fresh = List.of(Map.of("text", new float[] {0, 1}), Map.of("text", new float[] {1, 0}));
        var fitted = new KeyFit(old, fresh).keys(new float[][] {{3, 4}})[0];
        assertEquals(0.8, fitted[0], 1e-5);
        assertEquals(0.6, fitted[1], 1e-5);
    }

    /** Into the places 7, 2, 5, ... of a space of 8, some with another sign. */
    private static float[] turned(float[] vector) {
        var turned = new float[8];
        for (var i = 0; i < vector.length; i++) {
            turned[(7 + 3 * i) % 8] = (i % 2 == 0 ? 2 : -2) * vector[i];
        }
        return turned;
    }

    private List<Map<String, float[]>> samples(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Map.of("image", vector(), "text", vector()))
                .toList();
    }

    private float[] vector() {
        var vector = new float[WIDTH];
        for (var i = 0; i < WIDTH; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static double cosine(float[] one, float[] other) {
        return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
    }

    private static double dot(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> (double) one[i] * other[i])
                .sum();
    }
}
