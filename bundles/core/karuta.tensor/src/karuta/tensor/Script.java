package karuta.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Functions written in TorchScript and compiled in memory: several operations in one call, and operations that DJL does
 * not offer. Gradients flow through them as through any other operation. Thread-safe.
 *
 * <p>The text holds methods of a class: {@code def name(self, x: Tensor, y: Tensor) -> Tensor: ...}. All parameters are
 * tensors; a number is baked into the text or passed as a tensor without dimensions and read by {@code float(x)} or
 * {@code int(x)}. The result is a tensor or a tuple of tensors.
 */
public final class Script {

    private static final Map<String, Script> COMPILED = new ConcurrentHashMap<>();

    /** Which threads have the graph optimiser off: it would specialise, and compile again, for every new length. */
    private static final ThreadLocal<Boolean> PLAIN = ThreadLocal.withInitial(() -> {
        JniUtils.setGraphExecutorOptimize(false);
        return true;
    });

    private final NDManager manager;
    private final PtSymbolBlock module;
    private final Map<String, NDArray> tags = new ConcurrentHashMap<>();

    private Script(String methods) {
        manager = TorchEngine.manager(Device.cpu());
        try {
            var archive = new ByteArrayInputStream(ScriptArchive.of(methods));
            module = JniUtils.loadModule((PtNDManager) manager, archive, false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The functions of a text, compiled when it is seen for the first time and kept as long as the process lives.
     *
     * @throws ai.djl.engine.EngineException if PyTorch cannot compile it; the message quotes the line
     */
    public static Script of(String methods) {
        return COMPILED.computeIfAbsent(methods, Script::new);
    }

    /** Calls a function that returns one tensor. */
    public NDArray call(String function, NDArray... arguments) {
        return run(function, arguments).singletonOrThrow();
    }

    /** Calls a function that returns a tuple of tensors. */
    public List<NDArray> callAll(String function, NDArray... arguments) {
        return List.copyOf(run(function, arguments));
    }

    private NDList run(String function, NDArray[] arguments) {
        PLAIN.get();
        var list = new NDList(arguments.length + 1);
        for (var argument : arguments) {
            if (argument.getName() != null) { // DJL would make a list or a dictionary out of it
                throw new IllegalArgumentException(
                        "an array given to a script must not have a name, but one is called " + argument.getName());
            }
            list.add(argument);
        }
        list.add(tags.computeIfAbsent(function, this::tag));
        return IValueUtils.forward(module, list, true); // "true" only means: not in inference mode
    }

    /** DJL calls the function that is named by an array's name. */
    private NDArray tag(String function) {
        try (var scope = Scope.open()) {
            NDArray tag = Tensors.of(manager, 0f);
            NDScope.unregister(tag);
            tag.setName("module_method:" + function);
            return tag;
        }
    }
}
