package karuta.lmm.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import karuta.api.KarutaException;
import karuta.lmm.Toy;
import karuta.lmm.check.Models.RandomModelSpec;
import karuta.lmm.model.Precision;
import karuta.lmm.text.Tokenizer;
import karuta.safetensors.StoredWeights;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomModelTest {

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    private Path make(String name, String dtype, long seed) {
        var out = folder.resolve(name);
        new LocalModels().random(new RandomModelSpec("tiny", OptionalInt.of(1), dtype, seed, out), told::add);
        return out;
    }

    @ParameterizedTest
    @EnumSource
    void isLoadedAndAnswers(Precision precision) {
        var dtype = precision.name().toLowerCase(Locale.ROOT);
        try (var backbone = Toy.backbone(make("model", dtype, 1), precision, 3)) {
            assertEquals(1, backbone.spec().layers());
            assertEquals(64, backbone.spec().hidden());
            var asked = Toy.ask(backbone, Optional.of(new Toy.Noise(1)), "what is it?");
            var scored = backbone.score(List.of(asked), List.of("ab"));
            assertEquals(3, scored.labels().size());
            assertTrue(Float.isFinite(scored.loss().getFloat()));
            assertEquals(1, backbone.generate(List.of(asked)).size());
        }
        assertEquals(1, told.size());
        assertTrue(told.get(0).startsWith("tiny with 1 decoder layers in "), told.get(0));
    }

    /** The seed alone decides on the numbers, in whatever type they are stored. */
    @Test
    void theSameSeedGivesTheSameNumbers() {
        var single = numbers(make("a", "fp32", 1));
        assertArrayEquals(single, numbers(make("b", "bf16", 1)));
        assertArrayEquals(single, numbers(make("c", "fp16", 1)));
        assertNotEquals(single[0], numbers(make("d", "fp32", 2))[0]);
        var variance = 0.0;
        for (var number : single) {
            variance += number * number / single.length;
        }
        assertEquals(0.018, Math.sqrt(variance), 0.0005);
    }

    private static float[] numbers(Path model) {
        TorchEngine.start();
        try (var manager = NDManager.newBaseManager();
                var weights = StoredWeights.open(model, manager, DataType.FLOAT32)) {
            return weights.get("language_model.lm_head.weight", 320, 64).toFloatArray();
        }
    }

    @Test
    void tokenizesAnyText() {
        try (var tokenizer = Tokenizer.open(make("model", "fp32", 1))) {
            assertArrayEquals(new long[] {1, 3 + 'h', 3 + ' ', 3 + 0xC3, 3 + 0xA9}, tokenizer.encode("h \u00E9", true));
            assertEquals("h \u00E9\n\u4E2D", tokenizer.decode(tokenizer.encode("h \u00E9\n\u4E2D", true), true));
        }
    }

    @Test
    void refusesWhatCannotBeMade() throws IOException {
        var models = new LocalModels();
        assertThrows(
                KarutaException.class,
                () -> models.random(new RandomModelSpec("huge", OptionalInt.empty(), "fp32", 1, folder), told::add));
        assertThrows(
                KarutaException.class,
                () -> models.random(new RandomModelSpec("tiny", OptionalInt.of(0), "fp32", 1, folder), told::add));
        assertThrows(
                KarutaException.class,
                () -> models.random(new RandomModelSpec("tiny", OptionalInt.empty(), "int8", 1, folder), told::add));
        Files.writeString(folder.resolve("something"), "of value");
        assertThrows(KarutaException.class, () -> make(".", "fp32", 1));
        assertEquals("of value", Files.readString(folder.resolve("something")));
    }

    /** No disk holds thousand layers of the largest shape in 32 bits: 1.1 TiB. */
    @Test
    void saysHowMuchItNeedsWhereTheDiskIsTooSmall() {
        var out = folder.resolve("model");
        var order = new RandomModelSpec("llava-1.5-13b", OptionalInt.of(1000), "fp32", 1, out);
        assumeTrue(folder.toFile().getUsableSpace() < 1L << 40);
        var refusal = assertThrows(KarutaException.class, () -> new LocalModels().random(order, told::add));
        assertTrue(refusal.getMessage().contains(" left."), refusal.getMessage());
        assertEquals(1, told.size());
        assertFalse(Files.exists(out.resolve("config.json")));
    }
}
