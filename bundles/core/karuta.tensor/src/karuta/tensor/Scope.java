package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Frees, when it is closed, every array that its thread made since it was opened. Scopes nest; open them in
 * try-with-resources.
 */
public final class Scope implements AutoCloseable {

    private final NDScope scope = new NDScope();
    private final List<NDArray> kept = new ArrayList<>();

    private Scope() {}

    /** Opens a scope on this thread. */
    public static Scope open() {
        return new Scope();
    }

    /**
     * Lets an array outlive this scope: it then belongs to the scope around this one, if there is any. Call it while
     * this is the innermost scope.
     *
     * @return the array
     */
    public NDArray keep(NDArray array) {
        NDScope.unregister(array);
        kept.add(array);
        return array;
    }

    /** A copy, without gradient history, that no scope frees: it lives as long as the manager or until it is closed. */
    public static NDArray keep(NDArray array, NDManager manager) {
        try (var scope = Scope.open()) {
            NDArray copy = array.duplicate();
            NDScope.unregister(copy);
            copy.attach(manager);
            return copy;
        }
    }

    @Override
    public void close() {
        scope.close();
        kept.forEach(NDScope::register);
        MemoryDebug.collect();
    }
}
