package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdamWTest {

    private static final AdamW.Config CONFIG = new AdamW.Config(0.9, 0.98, 1e-3, 0.1);

    private final NDManager manager = manager();

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    private static void learn(AdamW optimizer, NDArray x, NDArray y, int step, double[] norms) {
        Autograd.zero(List.of(x, y));
        NDArray loss = Autograd.withGrad(() -> step == 2
                ? x.square().sum().add(y.sum().mul(0))
                : x.pow(3).sum().mul(0.5).add(y.square().sum().mul(0.3)));
        Autograd.backward(loss);
        norms[step] = GradientClipping.norm(List.of(Autograd.gradient(x), Autograd.gradient(y)), 2);
        optimizer.step(0.02 * (1 - step / 5.0));
    }

    private NDArray parameter(float[] numbers, Shape shape) {
        var array = manager.create(numbers, shape);
        array.setRequiresGradient(true);
        return array;
    }

    /** The same five steps by torch 2.13: clip_grad_norm_ and AdamW with two parameter groups. */
    @Test
    void equalsPyTorch() {
        NDArray x = parameter(new float[] {1, -2, 0.5f, 0.1f, 3, -0.7f}, new Shape(2, 3));
        NDArray y = parameter(new float[] {4, -1}, new Shape(2));
        var norms = new double[5];
        try (var optimizer = new AdamW(List.of(x, y), List.of(1.0, 3.0), CONFIG)) {
            for (var step = 0; step < 5; step++) {
                learn(optimizer, x, y, step, norms);
            }
        }
        var expectedNorms = new double[] {
            15.076507568359375, 14.89273738861084, 7.620490550994873, 14.617666244506836, 14.535096168518066
        };
        assertArrayEquals(expectedNorms, norms, 2e-6);
        var expected = new float[] {
            0.9365259408950806f,
            -2.030440092086792f,
            0.4432941973209381f,
            0.062075283378362656f,
            2.922319173812866f,
            -0.7267135381698608f
        };
        assertArrayEquals(expected, x.toFloatArray(), 1e-6f);
        assertArrayEquals(new float[] {3.7630553245544434f, -0.8187002539634705f}, y.toFloatArray(), 1e-6f);
    }

    @Test
    void goesOnFromItsState() {
        NDArray x = parameter(new float[] {1, -2}, new Shape(2));
        NDArray y = parameter(new float[] {4}, new Shape(1));
        var norms = new double[5];
        try (var optimizer = new AdamW(List.of(x, y), List.of(1.0, 1.0), CONFIG)) {
            learn(optimizer, x, y, 0, norms);
            learn(optimizer, x, y, 1, norms);
            NDArray x2 = parameter(x.toFloatArray(), x.getShape());
            NDArray y2 = parameter(y.toFloatArray(), y.getShape());
            try (var resumed = new AdamW(List.of(x2, y2), List.of(1.0, 1.0), CONFIG)) {
                resumed.load(optimizer.state());
                learn(optimizer, x, y, 3, norms);
                learn(resumed, x2, y2, 3, norms);
            }
            assertArrayEquals(x.toFloatArray(), x2.toFloatArray());
            assertArrayEquals(y.toFloatArray(), y2.toFloatArray());
        }
    }

    @Test
    void leavesAloneWhatNoGradientReaches() {
        NDArray x = parameter(new float[] {1}, new Shape(1));
        NDArray y = parameter(new float[] {4}, new Shape(1));
        try (var optimizer = new AdamW(List.of(x, y), List.of(1.0, 1.0), CONFIG)) {
            Autograd.backward(Autograd.withGrad(() -> x.square().sum()));
            optimizer.step(0.1);
        }
        assertEquals(4, y.getFloat());
    }

    @Test
    void refusesAnotherState() {
        NDArray x = parameter(new float[] {1}, new Shape(1));
        try (var optimizer = new AdamW(List.of(x), List.of(1.0), CONFIG)) {
            assertThrows(IllegalArgumentException.class, () -> optimizer.load(Map.of()));
            var state = optimizer.state();
            state.put("mean.0", manager.zeros(new Shape(2)));
            assertThrows(IllegalArgumentException.class, () -> optimizer.load(state));
        }
    }
}
