package karuta.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import karuta.api.KarutaException;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {

    private static final Path FIXTURES = Path.of("test", "fixtures");

    @TempDir
    private Path folder;

    private NDManager manager;

    @BeforeAll
    static void startEngine() {
        TorchEngine.start();
    }

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void theChecksumIsThatOfTheStoredBytes() {
        try (var manager = NDManager.newBaseManager();
                var file = SafeTensors.open(FIXTURES.resolve("dtypes.safetensors"))) {
            for (var name : file.names()) {
                var stored =
                        file.info(name).dtype() == Dtype.BF16 || file.info(name).bytes() == 0;
                if (!stored) {
                    var sum = new CRC32C();
                    sum.update(file.read(name, manager, file.info(name).dtype().type())
                            .toByteBuffer(true));
                    assertEquals(Long.toHexString(sum.getValue()), file.checksum(name), name);
                }
            }
            assertNotEquals(file.checksum("i32"), file.checksum("i8"));
            assertEquals("0", file.checksum("empty"));
        }
    }

    @Test
    void aWrittenFileHoldsTheSameTensorsAndNotes() {
        var tensors = new LinkedHashMap<String, NDArray>();
        tensors.put("b", manager.create(new float[] {1, -2.5f, Float.NaN, 4, 5, 6}, new Shape(2, 3)));
        tensors.put("a", manager.create(new long[] {Long.MIN_VALUE, 7}));
        tensors.put("scalar", manager.create(3.25f));
        tensors.put("nothing", manager.create(new Shape(0, 3), DataType.FLOAT32));
        tensors.put("yes", manager.create(new boolean[] {true, false, true}));
        tensors.put(
                "turned",
                manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2)).transpose());
        tensors.put("half", manager.create(new float[] {0.5f, 65504}).toType(DataType.FLOAT16, true));
        var path = folder.resolve("x.safetensors");
        SafeTensorsWriter.write(path, tensors, Map.of("format", "pt", "more", "ä\u0001"));
        try (var file = SafeTensors.open(path)) {
            assertEquals(tensors.keySet(), file.names());
            assertEquals(Map.of("format", "pt", "more", "ä\u0001"), file.metadata());
            tensors.forEach((name, array) -> {
                var read = file.read(name, manager, array.getDataType());
                assertEquals(array.getShape(), read.getShape(), name);
                assertArrayEquals(bytes(array), bytes(read), name);
                assertArrayEquals(bytes(array), bytes(file.map(name, manager, array.getDataType())), name);
            });
        }
    }

    @Test
    void theHeaderIsPaddedAndTheWidestTypesComeFirst() throws IOException {
        var path = folder.resolve("x.safetensors");
        var tensors = Map.of(
                "a",
                manager.create(new byte[] {1}),
                "b",
                manager.create(new float[] {1}),
                "c",
                manager.create(new long[1]));
        SafeTensorsWriter.write(path, tensors, Map.of());
        var bytes = Files.readAllBytes(path);
        assertEquals(0, bytes[0] % 8);
        try (var file = SafeTensors.open(path)) {
            assertEquals(0, file.info("c").begin());
            assertEquals(8, file.info("b").begin());
            assertEquals(12, file.info("a").begin());
        }
        assertEquals(1, Files.list(folder).count(), "nothing but the file is left");
    }

    @Test
    void aReadArrayMayBeChangedAndOutlivesItsFile() {
        var path = folder.resolve("x.safetensors");
        SafeTensorsWriter.write(path, Map.of("a", manager.create(new float[] {1, 2})), Map.of());
        NDArray array;
        NDArray mapped;
        try (var file = SafeTensors.open(path)) {
            array = file.read("a", manager, DataType.FLOAT32);
            mapped = file.map("a", manager, DataType.FLOAT32);
        }
        array.muli(2);
        assertArrayEquals(new float[] {2, 4}, array.toFloatArray());
        assertArrayEquals(new float[] {1, 2}, mapped.toFloatArray());
    }

    @Test
    void halvesAreWidenedExactly() {
        try (var file = SafeTensors.open(FIXTURES.resolve("dtypes.safetensors"))) {
            var expected = file.read("f32_of_bf16", manager, DataType.FLOAT32);
            assertArrayEquals(bytes(expected), bytes(file.read("bf16", manager, DataType.FLOAT32)));
            expected = file.read("f32_of_f16", manager, DataType.FLOAT32);
            assertArrayEquals(bytes(expected), bytes(file.read("f16", manager, DataType.FLOAT32)));
            assertArrayEquals(
                    bytes(file.read("f16", manager, DataType.FLOAT16)),
                    bytes(file.read("f32_of_f16", manager, DataType.FLOAT16)));
        }
    }

    @Test
    void everyTypeIsReadAsPythonWroteIt() {
        try (var file = SafeTensors.open(FIXTURES.resolve("dtypes.safetensors"))) {
            assertArrayEquals(
                    new long[] {-5, 1L << 62},
                    file.read("i64", manager, DataType.INT64).toLongArray());
            assertArrayEquals(
                    new int[] {-5, 7}, file.read("i32", manager, DataType.INT32).toIntArray());
            assertArrayEquals(
                    new byte[] {-5, 7}, file.read("i8", manager, DataType.INT8).toByteArray());
            assertArrayEquals(
                    new int[] {200, 7}, file.read("u8", manager, DataType.UINT8).toUint8Array());
            assertArrayEquals(
                    new boolean[] {true, false},
                    file.read("bool", manager, DataType.BOOLEAN).toBooleanArray());
            assertArrayEquals(
                    new double[] {-0.1, 1e300},
                    file.read("f64", manager, DataType.FLOAT64).toDoubleArray());
            assertEquals(
                    new Shape(), file.read("scalar", manager, DataType.FLOAT32).getShape());
            assertEquals(
                    new Shape(2, 0),
                    file.read("empty", manager, DataType.FLOAT32).getShape());
        }
    }

    @Test
    void integersAreNotTakenForWeights() {
        try (var file = SafeTensors.open(FIXTURES.resolve("dtypes.safetensors"))) {
            var error = assertThrows(KarutaException.class, () -> file.read("i64", manager, DataType.FLOAT32));
            assertTrue(
                    error.getMessage().contains("i64") && error.getMessage().contains("float32"), error.getMessage());
        }
    }

    @Test
    void aMissingTensorIsNamed() {
        try (var file = SafeTensors.open(FIXTURES.resolve("dtypes.safetensors"))) {
            var error = assertThrows(KarutaException.class, () -> file.info("x"));
            assertTrue(error.getMessage().contains("dtypes.safetensors has no tensor x"), error.getMessage());
        }
    }

    @Test
    void aTensorWithoutNameIsNotWritten() {
        var path = folder.resolve("x.safetensors");
        var odd = Map.of("", manager.create(1f));
        assertThrows(IllegalArgumentException.class, () -> SafeTensorsWriter.write(path, odd, Map.of()));
    }

    private static byte[] bytes(NDArray array) {
        var buffer = array.toByteBuffer();
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
