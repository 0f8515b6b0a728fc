package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AutogradTest {

    private final NDManager manager = manager();

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    private NDArray parameter(float... numbers) {
        var array = manager.create(numbers);
        array.setRequiresGradient(true);
        return array;
    }

    @Test
    void addsGradientsUpUntilTheyAreZeroed() {
        NDArray x = parameter(1, 2);
        for (var i = 0; i < 2; i++) {
            Autograd.backward(Autograd.withGrad(() -> x.square().sum()));
        }
        assertArrayEquals(new float[] {4, 8}, Autograd.gradient(x).toFloatArray());
        Autograd.zero(List.of(x));
        assertArrayEquals(new float[] {0, 0}, Autograd.gradient(x).toFloatArray());
    }

    @Test
    void differentiatesWithoutTouchingTheParameters() {
        NDArray x = parameter(1, 2);
        NDArray y = parameter(5);
        Autograd.backward(Autograd.withGrad(() -> x.sum()));
        var gradients = Autograd.gradients(() -> x.pow(3).sum(), List.of(x, y));
        assertArrayEquals(new float[] {3, 12}, gradients.get(0).toFloatArray(), 1e-6f);
        assertArrayEquals(new float[] {0}, gradients.get(1).toFloatArray());
        assertArrayEquals(new float[] {1, 1}, Autograd.gradient(x).toFloatArray());
        assertTrue(Autograd.find(y).isEmpty());
        assertThrows(IllegalStateException.class, () -> Autograd.gradient(y));
    }

    @Test
    void takesAGivenGradient() {
        NDArray x = parameter(1, 2);
        NDArray y = Autograd.withGrad(() -> x.square());
        Autograd.backward(y, manager.create(new float[] {10, 100}));
        assertArrayEquals(new float[] {20, 400}, Autograd.gradient(x).toFloatArray());
    }

    @Test
    void frozenWorkCarriesNoGradientAndTheModeComesBack() {
        NDArray x = parameter(1, 2);
        var before = JniUtils.isGradMode();
        Autograd.withGrad(() -> {
            NDArray frozen = Autograd.noGrad(() -> Ops.silu(x));
            assertFalse(JniUtils.requiresGrad((ai.djl.pytorch.engine.PtNDArray) frozen));
            assertTrue(JniUtils.isGradMode());
            return frozen;
        });
        assertThrows(
                IllegalStateException.class,
                () -> Autograd.withGrad(() -> {
                    throw new IllegalStateException();
                }));
        assertEquals(before, JniUtils.isGradMode());
    }

    @Test
    void detachSharesTheNumbersButNotTheHistory() {
        NDArray x = parameter(1, 2);
        NDArray detached = Autograd.withGrad(() -> Autograd.detach(x.mul(2)));
        assertArrayEquals(new float[] {2, 4}, detached.toFloatArray());
        assertFalse(JniUtils.requiresGrad((ai.djl.pytorch.engine.PtNDArray) detached));
    }

    /** DJL's own GradientCollector can be open only once per process. */
    @Test
    void severalThreadsAtOnce() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try {
            var tasks = IntStream.range(0, 4)
                    .<Callable<Float>>mapToObj(thread -> () -> {
                        var sum = 0f;
                        for (var i = 0; i < 100; i++) {
                            try (var scope = Scope.open()) {
                                NDArray x = parameter(thread + 1);
                                Autograd.backward(Autograd.withGrad(() -> Ops.linear(x.reshape(1, 1), x.reshape(1, 1))
                                        .sum()));
                                sum += Autograd.gradient(x).getFloat();
                            }
                        }
                        return sum;
                    })
                    .toList();
            var results = pool.invokeAll(tasks);
            for (var thread = 0; thread < 4; thread++) {
                assertEquals(200f * (thread + 1), results.get(thread).get());
            }
        } finally {
            pool.shutdown();
        }
    }
}
