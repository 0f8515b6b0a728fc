package karuta.baseline.gem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.RandomStream;
import karuta.kit.ReferenceArrays;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agrees with {@code releng/methods/gem.py}: gradients of ten numbers, one to eight memories, margin 0.5. */
class DirectionTest {

    private static final float NEAR = 1e-5f;

    private final NDManager manager = manager();
    private final Map<String, NDArray> reference = ReferenceArrays.read(Path.of("test/fixtures/gem.txt"), manager);

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void theProjectedGradientIsTheReferences(int example) {
        var g = parted(reference.get("g." + example));
        var memory = memory(example);
        near("nearest." + example, g.notAgainst(memory, 0, true));
        near("nearest." + example, g.notAgainst(memory, 0, false));
        near("bound." + example, g.notAgainst(memory, 0.5, true));
        near("added." + example, g.notAgainst(memory, 0.5, false));
        var mean = memory.stream()
                .reduce((one, other) -> one.plus(1, other))
                .orElseThrow()
                .times(1.0 / memory.size());
        near("agem." + example, g.notAgainst(mean));
    }

    /** More of them than numbers, and some of them twice, which Gaussian elimination would stumble over. */
    @Test
    void whatIsFoundIsTheLeastForAnyNumberOfMemories() {
        for (var n = 1; n <= 12; n++) {
            for (var run = 0; run < 30; run++) {
                var draws = RandomStream.of(run, "memories").fork(n);
                var rows = new double[n][];
                for (var k = 0; k < n; k++) {
                    var row = draws.fork(k % 7 == 6 ? 0 : k).normals(6);
                    rows[k] = IntStream.range(0, 6).mapToDouble(i -> row[i]).toArray();
                }
                var g = draws.fork("g").normals(6);
                var p = new double[n][n];
                var q = new double[n];
                for (var k = 0; k < n; k++) {
                    for (var i = 0; i < 6; i++) {
                        q[k] += rows[k][i] * g[i];
                        for (var j = 0; j < n; j++) {
                            p[k][j] += rows[k][i] * rows[j][i];
                        }
                    }
                }
                requireLeast(p, q, NonNegative.solve(p, q));
            }
        }
    }

    @Test
    void gradientsThatAreNoNumbersGiveNone() {
        var g = parted(reference.get("g.1"));
        var broken = List.of(memory(1).get(0), memory(1).get(1).times(Double.POSITIVE_INFINITY));
        assertTrue(Double.isNaN(g.notAgainst(broken, 0.5, true).dot(g)));
    }

    /** Karush, Kuhn and Tucker: nothing below zero, no direction falls, and what is above zero is flat. */
    private static void requireLeast(double[][] p, double[] q, double[] u) {
        for (var k = 0; k < q.length; k++) {
            var slope = q[k];
            for (var j = 0; j < q.length; j++) {
                slope += p[k][j] * u[j];
            }
            assertTrue(u[k] >= 0, "share " + u[k]);
            assertTrue(slope > -1e-7, "slope " + slope);
            assertEquals(0, u[k] * slope, 1e-7);
        }
    }

    /** As two parameters, of shapes [2, 3] and [4]. */
    private static Direction parted(NDArray vector) {
        return new Direction(List.of(vector.get(":6").reshape(2, 3), vector.get("6:")));
    }

    private List<Direction> memory(int example) {
        NDArray rows = reference.get("memory." + example);
        return IntStream.range(0, (int) rows.getShape().get(0))
                .mapToObj(k -> parted(rows.get(k)))
                .toList();
    }

    private void near(String name, Direction actual) {
        NDArray joined = NDArrays.concat(
                new NDList(actual.parts().get(0).flatten(), actual.parts().get(1)));
        assertArrayEquals(reference.get(name).toFloatArray(), joined.toFloatArray(), NEAR, name);
    }
}
