package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

/** PyTorch and its natives are found through fragments of ai.djl.api, inside the container and without a network. */
class PyTorchIT {

    @Test
    void computesInsideTheContainer() {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(Engine.class.getClassLoader());
        try (var manager = NDManager.newBaseManager()) {
            assertEquals("PyTorch", manager.getEngine().getEngineName());
            assertEquals(6f, manager.create(new float[] {1, 2, 3}).sum().getFloat());
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
