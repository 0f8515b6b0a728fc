package karuta.use.care;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys that are learned without the rest. */
class KeyRuleTest {

    private static final int WIDTH = 16;

    private final Random random = new Random(4);

    @Test
    void noPrototypeHasASmallerAlignmentLoss() {
        var rule = new KeyRule.Aligned(1, 0.25);
        var features = features(30);
        var key = rule.keys(features).get("key");
        var least = loss(rule, features, key);
        for (var i = 0; i < 500; i++) {
            var other = key.clone();
            var step = Math.pow(10, -random.nextInt(4));
            for (var j = 0; j < WIDTH; j++) {
                other[j] += (float) (step * random.nextGaussian());
            }
            assertTrue(loss(rule, features, other) >= least - 1e-7, "a step of " + step + " finds a better one");
        }
        assertTrue(loss(rule, features, vector()) > least + 0.01);
    }

    @Test
    void samplesWithoutImageCountByTheirText() {
        var features = List.of(Map.of("text", new float[] {0, 2}), Map.of("text", new float[] {0, 4}));
        assertArrayEquals(
                new float[] {0, 1}, new KeyRule.Aligned(1, 1).keys(features).get("key"));
        assertEquals(Map.of(), new KeyRule.Aligned(1, 0).keys(features));
    }

    @Test
    void meansAreOfTheFeaturesAsTheyAre() {
        var keys = new KeyRule.Means().keys(List.of(Map.of("image", new float[] {1, 3}), Map.of("image", new float[] {
            3, 5
        })));
        assertArrayEquals(new float[] {2, 4}, keys.get("key.image"));
    }

    /** The two alignment losses of ModalPrompt, as its paper and code have them. */
    private static double loss(KeyRule.Aligned rule, List<Map<String, float[]>> features, float[] key) {
        return rule.lossImage() * (1 - meanCosine(features, "image", key))
                + rule.lossText() * (1 - meanCosine(features, "text", key));
    }

    private static double meanCosine(List<Map<String, float[]>> features, String name, float[] key) {
        return features.stream()
                .filter(sample -> sample.containsKey(name))
                .mapToDouble(sample -> {
                    var own = sample.get(name);
                    return dot(own, key) / Math.sqrt(dot(own, own) * dot(key, key));
                })
                .average()
                .orElseThrow();
    }

    private static double dot(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> (double) one[i] * other[i])
                .sum();
    }

    private List<Map<String, float[]>> features(int count) {
        var samples = new ArrayList<Map<String, float[]>>();
        for (var i = 0; i < count; i++) {
            samples.add(i % 5 == 0 ? Map.of("text", vector()) : Map.of("text", vector(), "image", vector()));
        }
        return samples;
    }

    private float[] vector() {
        var vector = new float[WIDTH];
        for (var i = 0; i < WIDTH; i++) {
            vector[i] = (float) (random.nextGaussian() * 3 + (i < 4 ? 2 : 0));
        }
        return vector;
    }
}
