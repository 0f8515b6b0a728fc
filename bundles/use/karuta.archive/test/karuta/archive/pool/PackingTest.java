package karuta.archive.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.safetensors.Dtype;
import karuta.safetensors.SealedStates;
import karuta.safetensors.SealedTensors;
import karuta.tensor.Tensors;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers in fewer bits. */
class PackingTest {

    private static final Shape SHAPE = new Shape(8, 96);

    private final float[] numbers = new float[(int) SHAPE.size()];
    private NDManager manager;
    private byte[] card;

    @BeforeEach
    void begin() {
        TorchEngine.start();
        manager = NDManager.newBaseManager();
        var random = new Random(8);
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        card = card(numbers);
    }

    private byte[] card(float[] of) {
        var state = new State(
                Map.of("prompt", Tensors.of(manager, of, SHAPE), "steps", Tensors.of(manager, 7L)),
                Map.of("id", "plants"));
        return SealedStates.bytes(Map.of("pool", state));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void whatIsNotPackedKeepsItsBits() {
        assertArrayEquals(card, CardStates.packed("plants", card, Packing.NONE));
        assertArrayEquals(numbers, read(card));
    }

    @Test
    void sixteenBitsAreIeeesAndReadAsThirtyTwo() {
        var packed = CardStates.packed("plants", card, Packing.HALF);
        assertEquals(Map.of("pool/prompt", Dtype.F16, "pool/steps", Dtype.I64), types(packed));
        var back = read(packed);
        for (var i = 0; i < numbers.length; i++) {
            assertEquals(numbers[i], back[i], Math.max(Math.abs(numbers[i]) / 2048, 0x1p-25f)); // half a last place
        }
        assertArrayEquals(packed, CardStates.packed("plants", packed, Packing.HALF));
    }

    @Test
    void eightBitsAreWithinHalfAStepOfTheirRow() {
        var packed = CardStates.packed("plants", card, Packing.BYTE);
        assertEquals(
                Map.of("pool/prompt", Dtype.I8, "pool/prompt.scale", Dtype.F32, "pool/steps", Dtype.I64),
                types(packed));
        var back = read(packed);
        for (var row = 0; row < 8; row++) {
            var largest = 0f;
            for (var i = row * 96; i < row * 96 + 96; i++) {
                largest = Math.max(largest, Math.abs(numbers[i]));
            }
            for (var i = row * 96; i < row * 96 + 96; i++) {
                assertEquals(numbers[i], back[i], largest / 127 * 0.5001);
            }
        }
    }

    @Test
    void aRowOfZerosStaysAndALargeNumberKeepsItsBits() {
        var odd = numbers.clone();
        java.util.Arrays.fill(odd, 0, 96, 0);
        odd[200] = 70_000;
        var packed = CardStates.packed("plants", card(odd), Packing.HALF);
        assertArrayEquals(odd, read(packed));
        var bytes = read(CardStates.packed("plants", card(odd), Packing.BYTE));
        assertEquals(0, bytes[5]);
        assertEquals(70_000, bytes[200], 0.01);
    }

    @Test
    void aFormThatNobodyKnowsIsRefused() {
        var state = new State(Map.of("prompt", Tensors.of(manager, 1f)), Map.of());
        var strange = SealedStates.bytes(
                Map.of("pool", state, "packed", new State(Map.of(), Map.of("pool/prompt", "F32 as F4"))));
        var refusal = assertThrows(KarutaException.class, () -> CardStates.packed("plants", strange, Packing.NONE));
        assertTrue(refusal.getMessage().contains("F32 as F4"), refusal.getMessage());
    }

    private float[] read(byte[] file) {
        var array =
                CardStates.read("plants", file, manager).get("pool").tensors().get("prompt");
        assertEquals(DataType.FLOAT32, array.getDataType());
        return array.toFloatArray();
    }

    private static Map<String, Dtype> types(byte[] file) {
        try (var tensors = SealedTensors.of(Path.of("plants"), file)) {
            return tensors.names().stream()
                    .collect(Collectors.toMap(
                            name -> name, name -> tensors.info(name).dtype()));
        }
    }
}
