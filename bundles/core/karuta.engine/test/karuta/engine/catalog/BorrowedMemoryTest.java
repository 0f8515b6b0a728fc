package karuta.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.Test;

class BorrowedMemoryTest {

    static final class Borrowing {

        NDArray wraps(NDManager manager) {
            return manager.create(new long[] {1});
        }

        Function<float[], NDArray> refersTo(NDManager manager) {
            return manager::create;
        }

        NDArray multiplies(NDArray x) {
            return x.mul(2);
        }

        void fills(NDArray x) {
            x.set(FloatBuffer.allocate(1));
        }
    }

    static final class Owning {

        NDArray all(NDManager manager, NDArray x) {
            NDArray empty = manager.create(new Shape(1), DataType.FLOAT32);
            return Tensors.of(manager, 1f).mul(x).add(empty).clip(0, 1);
        }
    }

    @Test
    void everyWayOfLendingJavasMemoryIsFound() throws IOException {
        var found = in(Borrowing.class);
        assertEquals(
                List.of(
                        "wraps calls NDManager.create(long[])",
                        "refersTo calls NDManager.create(float[])",
                        "multiplies calls NDArray.mul(Number)",
                        "fills calls NDArray.set(Buffer)"),
                found.stream()
                        .map(use -> use.toString().replaceAll("^.*\\.(\\w+), line [1-9]\\d*", "$1"))
                        .toList());
    }

    @Test
    void arraysInPyTorchsOwnMemoryAreFine() throws IOException {
        assertEquals(List.of(), in(Owning.class));
    }

    private static List<BorrowedMemory.Use> in(Class<?> type) throws IOException {
        try (var file = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return BorrowedMemory.in(file.readAllBytes());
        }
    }
}
