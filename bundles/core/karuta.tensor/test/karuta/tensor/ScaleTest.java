package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void theFactorIsStillThereWhenTheGarbageCollectorRunsBeforeTheGradient() {
        TorchEngine.start();
        try (var manager = NDManager.newBaseManager()) {
            NDArray x = manager.create(new float[] {1, 2, 3});
            x.setRequiresGradient(true);
            for (var i = 0; i < 20; i++) {
                try (var scope = Scope.open()) {
                    Autograd.withGrad(() -> {
                        NDArray y = Ops.scale(x, 3).sum();
                        System.gc();
                        for (var k = 0; k < 200; k++) { // takes the memory that was freed, if any was
                            ByteBuffer.allocateDirect(8)
                                    .order(ByteOrder.nativeOrder())
                                    .putDouble(0, 7777);
                        }
                        Autograd.backward(y);
                        return y;
                    });
                    assertArrayEquals(
                            new float[] {3, 3, 3}, Autograd.gradient(x).toFloatArray());
                    Autograd.zero(List.of(x));
                }
            }
        }
    }
}
