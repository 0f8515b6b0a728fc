package karuta.lmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import karuta.api.Guidance;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Pixels;
import karuta.lmm.ClipEncoder.TextFeature;
import karuta.lmm.model.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipEncoderTest {

    /** Must not be encoded. */
    private record Hidden() implements Image {

        @Override
        public String fingerprint() {
            return "hidden";
        }

        @Override
        public Pixels pixels() {
            throw new AssertionError("encoded again");
        }
    }

    @TempDir
    Path llava;

    @TempDir
    Path clip;

    @Test
    void oneEncodingServesBackboneAndEncoder() throws IOException {
        try (var backbone = Toy.backbone(Toy.llava(llava), Precision.FP32, 8);
                var encoder = Toy.encoder(Toy.clip(clip), TextFeature.PROJECTED)) {
            var image = new Toy.Noise(1);
            var vision = backbone.encode(image);
            assertEquals(new Shape(16, 48), vision.tokens().getShape());
            assertEquals(new Shape(48), vision.pooled().getShape());
            var feature = encoder.image(image, Optional.empty()).get(Guidance.IMAGE);
            assertEquals(new Shape(24), feature.getShape());
            assertEquals(encoder.size(Guidance.IMAGE), feature.size());
            assertEquals(
                    feature, encoder.image(new Hidden(), Optional.of(vision)).get(Guidance.IMAGE));
            assertThrows(AssertionError.class, () -> encoder.image(new Hidden(), Optional.empty()));
        }
    }

    @Test
    void anotherTowerIsNotReused() throws IOException {
        try (var backbone = Toy.backbone(Toy.llava(llava), Precision.BF16, 8);
                var encoder = Toy.encoder(Toy.clip(clip), TextFeature.PROJECTED)) {
            var vision = backbone.encode(new Toy.Noise(1));
            assertThrows(AssertionError.class, () -> encoder.image(new Hidden(), Optional.of(vision)));
        }
    }

    @Test
    void textsHaveFeaturesOfTheirOwn() throws IOException {
        try (var encoder = Toy.encoder(Toy.clip(clip), TextFeature.PROJECTED)) {
            var feature = text(encoder, "w5 w6");
            assertEquals(new Shape(24), feature.getShape());
            assertEquals(feature, text(encoder, "w5 w6"));
            assertNotEquals(feature, text(encoder, "w6 w5"));
            var cut = text(encoder, "w5 ".repeat(18));
            assertEquals(cut, text(encoder, "w5 ".repeat(40)));
        }
    }

    private static NDArray text(ClipEncoder encoder, String text) {
        return encoder.text(text).get(Guidance.TEXT);
    }

    @Test
    void mayBeClosedTwice() throws IOException {
        var encoder = Toy.encoder(Toy.clip(clip), TextFeature.PROJECTED);
        encoder.close();
        encoder.close();
    }

    /** Such a model would read all texts at the same token, and make the same of them all. */
    @Test
    void theTokenizerMustEndTextsAsTheModelReadsThem() throws IOException {
        var file = Toy.clip(clip).resolve("tokenizer.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"ids\": [98], \"tokens\": [\"</s>\"]", "\"ids\": [96], \"tokens\": [\"w96\"]"));
        var refusal = assertThrows(KarutaException.class, () -> Toy.encoder(clip, TextFeature.PROJECTED));
        assertTrue(refusal.getMessage().contains("reads texts at the token 98"), refusal.getMessage());
    }

    @Test
    void pooledTextsMustFitTheImages() throws IOException {
        Toy.clip(clip);
        assertThrows(KarutaException.class, () -> Toy.encoder(clip, TextFeature.POOLED));
    }
}
