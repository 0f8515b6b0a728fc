package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import karuta.api.RandomStream;
import org.junit.jupiter.api.Test;

class LoraLayerTest {

    private final NDManager manager = manager();

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    @Test
    void addsNothingAtFirstAndLearns() {
        var adapter = LoraLayer.fresh(manager, 16, 3, 2, 2, RandomStream.of(1, "lora"));
        NDArray x = manager.ones(new Shape(2, 5, 16));
        NDArray y = adapter.delta(x);
        assertEquals(new Shape(2, 5, 3), y.getShape());
        assertEquals(0, y.abs().max().getFloat());
        Autograd.backward(Autograd.withGrad(() -> adapter.delta(x).sum()));
        assertNotEquals(0, Autograd.gradient(adapter.b()).abs().max().getFloat());
        assertTrue(adapter.a().abs().max().getFloat() <= 0.25);
    }

    @Test
    void isTheScaledProduct() {
        NDArray a = manager.create(new float[] {1, 2}, new Shape(1, 2));
        NDArray b = manager.create(new float[] {3, -1, 0.5f}, new Shape(3, 1));
        NDArray x = manager.create(new float[] {10, 1}, new Shape(1, 1, 2));
        assertArrayEquals(
                new float[] {18, -6, 3}, new LoraLayer(a, b, 0.5).delta(x).toFloatArray());
    }

    @Test
    void dropsInputsOnly() {
        var adapter = new LoraLayer(manager.ones(new Shape(1, 8)), manager.ones(new Shape(2, 1)), 1);
        NDArray x = manager.ones(new Shape(1, 50, 8));
        NDArray dropped = adapter.dropping(0.5, 9).delta(x);
        assertEquals(dropped, adapter.dropping(0.5, 9).delta(x));
        assertEquals(Ops.dropout(x, 0.5, 9).sum(new int[] {2}), dropped.get(":, :, 0"));
        assertEquals(dropped.get(":, :, 0"), dropped.get(":, :, 1"));
        assertEquals(List.of(8f), List.of(adapter.delta(x).max().getFloat()));
    }
}
