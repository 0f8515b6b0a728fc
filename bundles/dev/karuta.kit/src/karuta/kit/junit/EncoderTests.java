package karuta.kit.junit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Guidance;
import karuta.api.GuidanceEncoder;
import karuta.kit.ToyPicture;
import karuta.tensor.Autograd;
import org.junit.jupiter.api.Test;

/** What must hold of every encoder. */
public abstract class EncoderTests extends StrategyTests<GuidanceEncoder> {

    private static Map<String, NDArray> features(GuidanceEncoder encoder, int red, String text) {
        return Autograd.noGrad(() -> {
            var features = new HashMap<>(encoder.image(new ToyPicture(red, 100, 50), Optional.empty()));
            features.putAll(encoder.text(text));
            return features;
        });
    }

    @Test
    void everyFeatureHasTheWidthThatItSays() {
        var encoder = started();
        var features = features(encoder, 200, "What is it?");
        assertEquals(encoder.sizes().keySet(), features.keySet());
        assertTrue(features.containsKey(Guidance.IMAGE) && features.containsKey(Guidance.TEXT), features.toString());
        features.forEach((name, feature) -> {
            assertEquals(new Shape(encoder.size(name)), feature.getShape(), name);
            for (var number : feature.toFloatArray()) {
                assertTrue(Float.isFinite(number), name + " holds " + number);
            }
        });
    }

    @Test
    void theSameImageAndTextGiveTheSameBits() {
        var encoder = started();
        var fresh = started();
        assertEquals(encoder.fingerprint(), fresh.fingerprint());
        var first = features(encoder, 200, "What is it?");
        features(encoder, 3, "something in between");
        for (var again : List.of(encoder, fresh)) {
            features(again, 200, "What is it?")
                    .forEach((name, feature) ->
                            assertArrayEquals(first.get(name).toFloatArray(), feature.toFloatArray(), name));
        }
    }

    @Test
    void imagesAndTextsCanBeToldApart() {
        var encoder = started();
        var one = features(encoder, 200, "What is it?");
        var other = features(encoder, 20, "Where?");
        one.forEach((name, feature) -> assertTrue(
                !Arrays.equals(feature.toFloatArray(), other.get(name).toFloatArray()),
                name + " is the same for two that differ"));
    }
}
