package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorsTest {

    private final NDManager manager = manager();

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void numbersOfEveryTypeArriveInTheirOrder() {
        var shape = new Shape(2, 2);
        var floats = Tensors.of(manager, new float[] {1, -2, 3.5f, Float.NaN}, shape);
        assertEquals(shape, floats.getShape());
        assertArrayEquals(new float[] {1, -2, 3.5f, Float.NaN}, floats.toFloatArray());
        assertArrayEquals(
                new double[] {1, 2, 3, 4e300},
                Tensors.of(manager, new double[] {1, 2, 3, 4e300}, shape).toDoubleArray());
        assertArrayEquals(
                new long[] {1, -2, Long.MAX_VALUE, 4},
                Tensors.of(manager, new long[] {1, -2, Long.MAX_VALUE, 4}, shape)
                        .toLongArray());
        assertArrayEquals(
                new boolean[] {true, false, false, true},
                Tensors.of(manager, new boolean[] {true, false, false, true}, shape)
                        .toBooleanArray());
        var bytes = Tensors.of(manager, new byte[] {0, 127, -128, -1}, shape);
        assertEquals(DataType.UINT8, bytes.getDataType());
        assertArrayEquals(
                new int[] {0, 127, 128, 255},
                bytes.toType(DataType.INT32, false).toIntArray());
    }

    @Test
    void aVectorAndANumberNeedNoShape() {
        assertEquals(new Shape(3), Tensors.of(manager, 1f, 2f, 3f).getShape());
        assertArrayEquals(new long[] {7, 8}, Tensors.of(manager, 7L, 8L).toLongArray());
        var number = Tensors.scalar(manager, 0.1);
        assertEquals(new Shape(), number.getShape());
        assertEquals(0.1, number.getDouble());
        assertEquals(new Shape(0), Tensors.of(manager, new long[0]).getShape());
    }

    @Test
    void numbersThatDoNotFillTheShapeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Tensors.of(manager, new float[] {1, 2, 3}, new Shape(2, 2)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Tensors.shared(manager, ByteBuffer.allocateDirect(8), new Shape(3), DataType.FLOAT32));
    }

    @Test
    void aCopyDoesNotSeeWhatBecomesOfTheBytes() {
        var bytes = ByteBuffer.allocateDirect(8)
                .order(ByteOrder.nativeOrder())
                .putFloat(0, 1)
                .putFloat(4, 2);
        var copy = Tensors.copied(
                manager, bytes.duplicate().order(ByteOrder.nativeOrder()), new Shape(2), DataType.FLOAT32);
        bytes.putFloat(0, 9);
        assertArrayEquals(new float[] {1, 2}, copy.toFloatArray());
    }

    @Test
    void aViewOfAMappedFileOutlivesTheTensorThatItWasMadeOf(@TempDir Path folder) throws IOException {
        var file = folder.resolve("numbers");
        var size = 1 << 20;
        Files.write(file, new byte[size]);
        NDArray view = view(file, size);
        for (var i = 0; i < 5; i++) {
            System.gc(); // would unmap the file: reading the view would then end the process
            assertEquals(0, view.sum().getFloat());
        }
    }

    private NDArray view(Path file, int size) throws IOException {
        try (var channel = FileChannel.open(file);
                NDArray mapped = Tensors.shared(
                        manager,
                        channel.map(FileChannel.MapMode.READ_ONLY, 0, size),
                        new Shape(size / 4),
                        DataType.FLOAT32)) {
            return mapped.reshape(4, size / 16).get(1);
        }
    }
}
