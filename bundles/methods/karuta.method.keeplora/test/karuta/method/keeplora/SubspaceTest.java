package karuta.method.keeplora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import karuta.api.Batch;
import karuta.api.StageData;
import karuta.kit.ReferenceArrays;
import karuta.tensor.Ops;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agrees with {@code releng/methods/keeplora.py}, whose fixture has energies 0.7 and 0.8, a share of 0.4 and rank 2. */
class SubspaceTest {

    private static final double NEAR = 1e-5;

    private final NDManager manager = manager();
    private final Map<String, NDArray> reference = ReferenceArrays.read(Path.of("test/fixtures/keeplora.txt"), manager);

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void thePrincipalSubspaceIsTheReferences() {
        near("m0", projector(m0().m()));
    }

    @Test
    void theAdapterStartsAsTheReferenceDoesAndOutsideOfM() {
        var found = m0().outside(mean("before"), 2);
        assertEquals(new Shape(2, 9), found.a().getShape());
        near("a", projector(found.a()));
        near("product", found.b().matMul(found.a()));
        assertTrue(m0().m().matMul(found.a().transpose()).abs().max().getFloat() < NEAR);
    }

    @Test
    void theGrownSubspaceIsTheReferencesAndOrthonormal() {
        var m1 = m0().with(mean("after"), 0.8).m();
        near("m1", projector(m1));
        var size = (int) m1.getShape().get(0);
        assertArrayEquals(
                manager.eye(size).toFloatArray(), m1.matMul(m1.transpose()).toFloatArray(), (float) NEAR);
        var m0 = m0().m();
        assertArrayEquals(m0.toFloatArray(), m1.get(":" + m0.getShape().get(0)).toFloatArray());
    }

    @Test
    void whatIsTakenIsNotTakenTwice() {
        var m1 = m0().with(mean("after"), 0.8);
        assertSame(m1, m1.with(mean("after"), 0.8));
    }

    @Test
    void whereAllIsTakenNothingIsFound() {
        var all = new Subspace(manager.eye(9));
        assertEquals(0, all.outside(mean("before"), 2).a().getShape().get(0));
        assertSame(all, all.with(mean("after"), 1));
    }

    @Test
    void aGradientOfZeroAddsNothing() {
        NDArray zero = manager.zeros(new Shape(6, 9));
        assertEquals(0, m0().outside(zero, 2).a().getShape().get(0));
        var m0 = m0();
        assertSame(m0, m0.with(zero, 0.8));
    }

    @Test
    void examplesAreEvenlySpacedFromTheFirstToTheLast() {
        assertArrayEquals(new int[] {0, 3, 6, 9}, FullGradient.examples(ofSize(10), 0.4));
        assertArrayEquals(new int[] {0}, FullGradient.examples(ofSize(3), 0.2));
        assertArrayEquals(new int[] {0, 1, 2}, FullGradient.examples(ofSize(3), 1));
    }

    private Subspace m0() {
        return Subspace.principal(reference.get("w"), 0.7);
    }

    private NDArray mean(String gradients) {
        var all = reference.get(gradients);
        var places = FullGradient.examples(ofSize((int) all.getShape().get(0)), 0.4);
        var chosen = Arrays.stream(places).mapToObj(all::get).toList();
        return Ops.scale(chosen.stream().reduce(NDArray::add).orElseThrow(), 1.0 / chosen.size());
    }

    private static NDArray projector(NDArray rows) {
        return rows.transpose().matMul(rows);
    }

    private void near(String name, NDArray actual) {
        var expected = reference.get(name);
        assertEquals(expected.getShape(), actual.getShape());
        assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), (float) NEAR);
    }

    private static StageData ofSize(int size) {
        return new StageData() {

            @Override
            public int size() {
                return size;
            }

            @Override
            public Batch batch(int from, int to) {
                return new Batch(List.of(), List.of());
            }
        };
    }
}
