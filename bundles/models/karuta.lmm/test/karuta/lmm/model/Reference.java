package karuta.lmm.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import karuta.safetensors.SafeTensors;

/** What Transformers computed: a file of releng/parity. */
public final class Reference implements AutoCloseable {

    /** Where the fixtures are, seen from the bundle's folder. */
    public static final Path FIXTURES = Path.of("test/fixtures");

    private final SafeTensors file;
    private final NDManager manager;

    public Reference(String name, NDManager manager) {
        this(FIXTURES.resolve(name + ".safetensors"), manager);
    }

    public Reference(Path path, NDManager manager) {
        file = SafeTensors.open(path);
        this.manager = manager;
    }

    public NDArray get(String name) {
        return file.read(name, manager, file.info(name).dtype().type());
    }

    public boolean has(String name) {
        return file.names().contains(name);
    }

    /** The largest difference, divided by the largest expected absolute value, must be at most 1e-5. */
    public void assertEqual(String name, NDArray actual) {
        assertClose(name, get(name), actual, 1e-5);
    }

    public static void assertClose(String name, NDArray expected, NDArray actual, double tolerance) {
        assertEquals(expected.getShape(), actual.getShape(), name);
        var e = expected.toType(DataType.FLOAT64, false).toDoubleArray();
        var a = actual.toType(DataType.FLOAT64, false).toDoubleArray();
        var difference = 0.0;
        var scale = 0.0;
        for (var i = 0; i < e.length; i++) {
            assertTrue(Double.isFinite(a[i]), name + " is not finite at " + i);
            difference = Math.max(difference, Math.abs(e[i] - a[i]));
            scale = Math.max(scale, Math.abs(e[i]));
        }
        var error = difference / scale;
        System.getLogger("parity").log(System.Logger.Level.DEBUG, "{0}: {1}", name, error);
        assertTrue(error <= tolerance, name + ": relative error " + error);
    }

    @Override
    public void close() {
        file.close();
    }
}
