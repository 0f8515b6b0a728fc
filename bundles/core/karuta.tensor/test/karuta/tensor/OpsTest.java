package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OpsTest {

    private final NDManager manager = manager();
    private final NDArray w = manager.create(new float[] {0.3f, -0.8f, 1.1f, 0.2f, 0.9f, -0.4f}, new Shape(2, 3));
    private final NDArray b = manager.create(new float[] {0.5f, 1.5f, 0.7f});

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    /** Every function passes on the gradient that finite differences find. */
    @TestFactory
    Stream<DynamicTest> gradients() {
        return Stream.of(
                gradient("silu", Ops::silu),
                gradient("gelu", Ops::gelu),
                gradient("quickGelu", Ops::quickGelu),
                gradient("softmax", Ops::softmax),
                gradient("logSoftmax", Ops::logSoftmax),
                gradient("linear", x -> Ops.linear(x, w)),
                gradient("affine", x -> Ops.linear(x, w, manager.create(new float[] {1, 2}))),
                gradient("rows", x -> Ops.rows(x, manager.create(new long[] {1, 0, 1}))),
                gradient("attention", x -> attention(x, Optional.empty())),
                gradient(
                        "masked",
                        x -> attention(
                                x,
                                Optional.of(manager.create(new boolean[] {true, false, true, true}, new Shape(2, 2))))),
                gradient("crossEntropy", x -> Ops.crossEntropy(x, manager.create(new long[] {2, -100}))),
                gradient("cosine", x -> Ops.cosine(x, b)),
                gradient("unit", Ops::unit),
                gradient("copy", Ops::copy),
                gradient("rmsNorm", x -> Ops.rmsNorm(x, b, 1e-5)),
                gradient("layerNorm", x -> Ops.layerNorm(x, b, b, 1e-5)),
                gradient("dropout", x -> Ops.dropout(x, 0.5, 3)),
                gradient("cast", x -> Ops.cast(Ops.cast(x, DataType.FLOAT64), DataType.FLOAT32)));
    }

    private static NDArray attention(NDArray x, Optional<NDArray> mask) {
        NDArray q = x.reshape(1, 1, 2, 3);
        return Ops.attention(q, q.mul(0.5), q.add(1), mask);
    }

    private DynamicTest gradient(String name, UnaryOperator<NDArray> function) {
        return DynamicTest.dynamicTest(name, () -> {
            var numbers = new float[] {0.4f, -1.2f, 0.9f, 2, 0.1f, -0.6f};
            NDArray x = manager.create(numbers, new Shape(2, 3));
            x.setRequiresGradient(true);
            var found = Autograd.gradients(() -> weighted(function.apply(x)), List.of(x))
                    .get(0)
                    .toFloatArray();
            for (var i = 0; i < numbers.length; i++) {
                var h = 1e-2f;
                var slope = (at(function, numbers, i, h) - at(function, numbers, i, -h)) / (2 * h);
                assertEquals(slope, found[i], 2e-3, "number " + i);
            }
        });
    }

    private float at(UnaryOperator<NDArray> function, float[] numbers, int i, float step) {
        var moved = numbers.clone();
        moved[i] += step;
        return weighted(function.apply(manager.create(moved, new Shape(2, 3)))).getFloat();
    }

    /** A sum with another weight for every number, so that no error cancels out. */
    private NDArray weighted(NDArray y) {
        NDArray flat = y.flatten();
        return flat.mul(manager.arange(1f, flat.size() + 1f)).sum();
    }

    @Test
    void crossEntropyIsTheMeanOverLabelledRows() {
        NDArray logits = manager.create(new float[] {0, 1, 5, 5}, new Shape(2, 2));
        NDArray labels = manager.create(new long[] {1, -100});
        assertEquals(
                Math.log(1 + Math.exp(-1)), Ops.crossEntropy(logits, labels).getFloat(), 1e-6);
    }

    @Test
    void rmsNormFollowsItsFormula() {
        NDArray x = manager.create(new float[] {3, 4}, new Shape(1, 2));
        var scale = 1 / Math.sqrt(12.5 + 0.5);
        var expected = new float[] {(float) (3 * scale), (float) (8 * scale)};
        assertArrayEquals(
                expected,
                Ops.rmsNorm(x, manager.create(new float[] {1, 2}), 0.5).toFloatArray(),
                1e-6f);
    }

    @Test
    void castsToBfloat16AndBack() {
        NDArray x = manager.create(new float[] {1.00390625f, 3}); // the first lies between two bfloat16 numbers
        NDArray there = Ops.cast(x, DataType.BFLOAT16);
        assertArrayEquals(new float[] {1, 3}, Ops.cast(there, DataType.FLOAT32).toFloatArray());
        assertThrows(IllegalArgumentException.class, () -> Ops.cast(x, DataType.STRING));
    }

    @Test
    void dropoutIsAFunctionOfSeedAndShape() {
        NDArray x = manager.ones(new Shape(1000, 100));
        NDArray once = Ops.dropout(x, 0.1, 7L << 40 | 1);
        assertEquals(once, Ops.dropout(x, 0.1, 7L << 40 | 1));
        assertNotEquals(once, Ops.dropout(x, 0.1, 7L << 40 | 2));
        assertNotEquals(once, Ops.dropout(x, 0.1, 8L << 40 | 1));
        var kept = once.neq(0).sum().getLong() / 100_000.0;
        assertEquals(0.9, kept, 0.005); // 5 standard deviations
        assertEquals((float) (1 / 0.9), once.max().getFloat(), 1e-6);
        assertSame(x, Ops.dropout(x, 0, 1));
    }

    /**
     * Seeds that differ by one, and neighbouring places, are independent: the variance of sums is that of coin tosses.
     */
    @Test
    void dropoutHasNoStripes() {
        NDArray x = manager.ones(new Shape(200, 200));
        NDArray a = Ops.dropout(x, 0.5, 100).neq(0).toType(DataType.FLOAT32, false);
        NDArray b = Ops.dropout(x, 0.5, 101).neq(0).toType(DataType.FLOAT32, false);
        assertEquals(0.5, a.eq(b).toType(DataType.FLOAT32, false).mean().getFloat(), 0.0125);
        for (var axis = 0; axis < 2; axis++) {
            NDArray sums = a.sum(new int[] {axis}).sub(100);
            assertEquals(50, sums.square().mean().getFloat(), 25);
        }
        assertTrue(a.get("1:")
                        .eq(a.get(":-1"))
                        .toType(DataType.FLOAT32, false)
                        .mean()
                        .getFloat()
                < 0.5125);
    }

    @Test
    void numbersAreWrittenInPlaceAndStayApart() {
        var there = Tensors.of(manager, new float[] {1, 2, 3}, new Shape(3));
        there.setRequiresGradient(true);
        var numbers = Tensors.of(manager, new float[] {4, 5, 6}, new Shape(3));
        Autograd.noGrad(() -> {
            Ops.write(there, numbers);
            return there;
        });
        Autograd.noGrad(() -> {
            Ops.write(numbers, Tensors.of(manager, new float[] {7, 8, 9}, new Shape(3)));
            return numbers;
        });
        assertArrayEquals(new float[] {4, 5, 6}, there.toFloatArray());
        assertTrue(there.hasGradient());
    }
}
