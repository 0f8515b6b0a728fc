package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private final NDManager manager = manager();

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    @Test
    void freesWhatWasMadeInside() {
        NDArray outside = manager.create(new float[] {1});
        NDArray inside;
        try (var scope = Scope.open()) {
            inside = outside.add(1);
        }
        assertThrows(IllegalStateException.class, inside::toFloatArray);
        assertEquals(1, outside.getFloat());
    }

    @Test
    void aKeptArrayBelongsToTheScopeAround() {
        NDArray kept;
        try (var outer = Scope.open()) {
            try (var inner = Scope.open()) {
                kept = inner.keep(manager.create(new float[] {3}));
            }
            assertEquals(3, kept.getFloat());
        }
        assertThrows(IllegalStateException.class, kept::toFloatArray);
    }

    @Test
    void aCopyInAManagerOutlivesAllScopes() {
        NDArray copy;
        try (var outer = Scope.open()) {
            NDArray x = manager.create(new float[] {3});
            x.setRequiresGradient(true);
            try (var inner = Scope.open()) {
                copy = Autograd.withGrad(() -> Scope.keep(x.mul(2), manager));
            }
        }
        assertArrayEquals(new float[] {6}, copy.toFloatArray());
        assertFalse(ai.djl.pytorch.jni.JniUtils.requiresGrad((ai.djl.pytorch.engine.PtNDArray) copy));
    }

    @Test
    void trainingLeavesNothingBehind() {
        try (var model = NDManager.newBaseManager()) {
            NDArray x = model.create(new float[] {1, 2, 3});
            x.setRequiresGradient(true);
            try (var optimizer = new AdamW(List.of(x), List.of(1.0), AdamW.Config.DEFAULT)) {
                train(x, optimizer, 10);
                var arrays = List.of(arrays(model), optimizer.arrays());
                train(x, optimizer, 3000);
                assertEquals(arrays, List.of(arrays(model), optimizer.arrays()));
            }
        }
    }

    private static int arrays(NDManager manager) {
        return manager.getManagedArrays().size();
    }

    private static void train(NDArray x, AdamW optimizer, int steps) {
        for (var step = 0; step < steps; step++) {
            try (var scope = Scope.open()) {
                Autograd.zero(List.of(x));
                Autograd.backward(Autograd.withGrad(
                        () -> Ops.dropout(Ops.silu(x).square(), 0.1, 5).sum()));
                GradientClipping.norm(List.of(Autograd.gradient(x)), 1);
                optimizer.step(1e-3);
            }
        }
    }
}
