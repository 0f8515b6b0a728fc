package karuta.lmm.pickle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.lmm.model.Reference;
import karuta.safetensors.Dtype;
import karuta.safetensors.SafeTensors;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of torch.save, and the numbers that they hold. */
class TorchFileTest {

    static final Path PICKLES = Reference.FIXTURES.resolve("pickles");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"f64", "f32", "f16", "bf16", "parameter", "scalar", "empty"})
    void floatingPointNumbersAreReadAsFloat32(String name) {
        assertSame("types", name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whole",
                "tied",
                "offset",
                "rows",
                "columns",
                "transposed",
                "permuted",
                "expanded",
                "one",
                "thin",
                "nothing",
                "half"
            })
    void anyViewOfAStorageIsRead(String name) {
        assertSame("views", name);
    }

    private static void assertSame(String file, String name) {
        TorchEngine.start();
        try (var manager = NDManager.newBaseManager();
                var expected = SafeTensors.open(PICKLES.resolve(file + ".safetensors"));
                var pickled = TorchFile.open(PICKLES.resolve(file + ".bin"))) {
            assertEquals(expected.names(), pickled.tensors().keySet());
            var tensor = pickled.tensor(name);
            assertEquals(expected.info(name).shape(), tensor.shape());
            assertEquals(expected.info(name).dtype(), tensor.dtype());
            assertArrayEquals(expected.read(name, manager, DataType.FLOAT32).toFloatArray(), pickled.floats(tensor));
        }
    }

    @Test
    void rowsFromOneOnAreReadAlone() {
        try (var pickled = TorchFile.open(PICKLES.resolve("views.bin"))) {
            var whole = pickled.floats(pickled.tensor("whole"));
            var rows = pickled.tensor("whole").from(4);
            assertEquals(new Shape(2, 5, 4), rows.shape());
            var numbers = pickled.floats(rows);
            assertEquals(40, numbers.length);
            assertEquals(whole[80], numbers[0]);
            assertEquals(whole[119], numbers[39]);
        }
    }

    /** They are passed on piece by piece: whether they lie in the file row by row or column by column. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tensorsLargerThanAPieceAreWhole(boolean transposed) throws IOException {
        int rows = 300;
        int columns = 1000;
        var numbers = ByteBuffer.allocate(4 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
        for (var i = 0; i < rows * columns; i++) {
            numbers.putFloat(i);
        }
        var view = Archives.tensor(
                Archives.storage(Archives.FLOATS, rows * columns),
                0,
                Archives.tuple(rows, columns),
                transposed ? Archives.tuple(1, rows) : Archives.tuple(columns, 1));
        var entries = Archives.entries(Archives.dictionary(Archives.text("a"), view), 0);
        entries.put("archive/data/0", numbers.array());
        try (var file = TorchFile.open(write(Archives.zip(entries)))) {
            var read = file.floats(file.tensor("a"));
            for (var i = 0; i < read.length; i++) {
                assertEquals(transposed ? i / columns + i % columns * rows : i, read[i]);
            }
        }
    }

    /** Bits of binary16 and what they mean, from IEEE 754's table of examples. */
    @ParameterizedTest
    @CsvSource({
        "0000, 0",
        "8000, -0.0",
        "0001, 5.9604645E-8",
        "83FF, -6.097555E-5",
        "0400, 6.1035156E-5",
        "3555, 0.33325195",
        "3C00, 1",
        "3C01, 1.0009766",
        "C000, -2",
        "7BFF, 65504",
        "7C00, Infinity",
        "FC00, -Infinity",
        "7E00, NaN"
    })
    void halvesAreWidened(String bits, float expected) {
        var floats = new Floats(Dtype.F16, 1);
        floats.put(ByteBuffer.wrap(new byte[2])
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) Integer.parseInt(bits, 16))
                .flip());
        assertArrayEquals(new float[] {expected}, floats.numbers());
    }

    @Test
    void aNameThatIsNotThereIsAnError() {
        try (var file = TorchFile.open(PICKLES.resolve("plain.bin"))) {
            assertEquals(Set.of("a", "b"), file.tensors().keySet());
            assertThrows(KarutaException.class, () -> file.tensor("c"));
        }
    }

    @Test
    void wholeNumbersAreNoFloats() {
        try (var file = TorchFile.open(PICKLES.resolve("types.bin"))) {
            assertThrows(KarutaException.class, () -> file.floats(file.tensor("i64")));
        }
    }

    /** Older versions of torch wrote no byteorder, and a file with none is read. */
    @Test
    void theByteOrderNeedNotBeSaid() throws IOException {
        var entries = Archives.entries(Archives.dictionary(Archives.text("a"), Archives.tensor()), 24);
        entries.remove("archive/byteorder");
        try (var file = TorchFile.open(write(Archives.zip(entries)))) {
            assertEquals(new Shape(2, 3), file.tensor("a").shape());
        }
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file.bin"), bytes);
    }
}
