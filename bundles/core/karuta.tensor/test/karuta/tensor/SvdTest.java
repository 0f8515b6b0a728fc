package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import karuta.api.RandomStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SvdTest {

    private final NDManager manager = manager();

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"5, 3", "3, 5", "4, 4", "1, 6", "6, 1"})
    void theProductIsTheMatrixAndTheFactorsAreOrthonormal(int m, int n) {
        NDArray matrix = normals(m, n);
        var svd = Svd.of(matrix);
        near(matrix, svd.u().mul(svd.s()).matMul(svd.v().transpose()));
        near(identity(Math.min(m, n)), svd.u().transpose().matMul(svd.u()));
        near(identity(Math.min(m, n)), svd.v().transpose().matMul(svd.v()));
        var values = svd.s().toDoubleArray();
        for (var i = 1; i < values.length; i++) {
            assertTrue(values[i - 1] >= values[i] && values[i] >= 0, Arrays.toString(values));
        }
    }

    @Test
    void aDiagonalMatrixIsItsOwnDecompositionInDescendingOrder() {
        var svd = Svd.of(Tensors.of(manager, new double[] {0, 2, 3, 0}, new Shape(2, 2)));
        assertArrayEquals(new double[] {3, 2}, svd.s().toDoubleArray(), 1e-12);
        assertArrayEquals(new double[] {0, 1, 1, 0}, svd.u().toDoubleArray(), 1e-12);
        assertArrayEquals(new double[] {1, 0, 0, 1}, svd.v().toDoubleArray(), 1e-12);
    }

    @Test
    void theSignsAreSettledAndRunsAreEqual() {
        NDArray matrix = normals(7, 4);
        var svd = Svd.of(matrix);
        var again = Svd.of(matrix.duplicate());
        assertArrayEquals(svd.u().toDoubleArray(), again.u().toDoubleArray());
        assertArrayEquals(svd.v().toDoubleArray(), again.v().toDoubleArray());
        assertArrayEquals(svd.u().toDoubleArray(), Svd.of(matrix.neg()).u().toDoubleArray(), 1e-12);
        for (var column = 0; column < 4; column++) {
            var numbers = svd.u().get(":, " + column).toDoubleArray();
            var largest = IntStream.range(0, 7)
                    .mapToDouble(i -> Math.abs(numbers[i]))
                    .max()
                    .orElseThrow();
            assertEquals(largest, Arrays.stream(numbers).max().orElseThrow());
        }
    }

    private NDArray identity(int size) {
        return manager.eye(size).toType(DataType.FLOAT64, false);
    }

    private NDArray normals(int m, int n) {
        var draws = RandomStream.of(m, "svd");
        var numbers = IntStream.range(0, m * n).mapToDouble(draws::normal).toArray();
        return Tensors.of(manager, numbers, new Shape(m, n));
    }

    private static void near(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-12);
    }
}
