package karuta.check;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import karuta.tensor.TorchEngine;

/**
 * Counts the arrays of the whole process that lie in PyTorch's memory. Every array belongs to a manager, and every manager to
 * another one, up to that of the engine; DJL keeps their holdings to itself.
 */
final class LiveArrays {

    private LiveArrays() {}

    /** The number of arrays that are open now. */
    static long count() {
        try (var manager = TorchEngine.manager(Device.cpu())) {
            return count(manager.getParentManager());
        }
    }

    private static long count(Object owner) {
        if (owner instanceof NDArray) {
            return 1;
        }
        return owner instanceof NDManager
                ? holdings(owner).values().stream().mapToLong(LiveArrays::count).sum()
                : 0;
    }

    private static Map<?, ?> holdings(Object manager) {
        try {
            var field = BaseNDManager.class.getDeclaredField("resources");
            field.setAccessible(true);
            return (Map<?, ?>) field.get(manager);
        } catch (ReflectiveOperationException otherVersion) {
            throw new IllegalStateException("this version of DJL keeps arrays elsewhere", otherVersion);
        }
    }
}
