package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Gradients. Whether operations are recorded is a property of the thread. */
public final class Autograd {

    private Autograd() {}

    /** Runs without recording: nothing that is computed carries a gradient. */
    public static <T> T noGrad(Supplier<T> work) {
        return in(false, work);
    }

    /** Runs with recording: what is computed from arrays that require a gradient carries it. */
    public static <T> T withGrad(Supplier<T> work) {
        return in(true, work);
    }

    /** Whether this thread records. */
    public static boolean records() {
        TorchEngine.start();
        return JniUtils.isGradMode();
    }

    /**
     * Adds the gradient of a scalar to the gradients of all arrays that it was computed from and that require one.
     * Frees the recorded history.
     */
    public static void backward(NDArray scalar) {
        backward(scalar, scalar.onesLike());
    }

    /**
     * Adds the product of an array's derivative and a given gradient to the gradients of all arrays that it was
     * computed from and that require one. Frees the recorded history.
     *
     * @param output any shape
     * @param gradient of the same shape
     */
    public static void backward(NDArray output, NDArray gradient) {
        MemoryDebug.collect();
        JniUtils.backward((PtNDArray) output, (PtNDArray) gradient, false, false);
    }

    /**
     * The gradient that has been added up since it was zeroed. What is written into the array is written into the
     * gradient.
     *
     * @throws IllegalStateException if there is none: the array does not require one, or no {@link #backward} reached
     *     it
     */
    public static NDArray gradient(NDArray parameter) {
        return find(parameter).orElseThrow(() -> new IllegalStateException("no gradient has reached the array"));
    }

    /** The gradient, or empty if none has reached the array. */
    public static Optional<NDArray> find(NDArray parameter) {
        return Optional.ofNullable(JniUtils.getGradient((PtNDArray) parameter));
    }

    /**
     * The gradients of a loss, in arrays of their own. The gradients that have been added up in the parameters stay as
     * they are.
     *
     * @param loss computes a scalar; run with recording
     * @param parameters what to differentiate by; they must require a gradient
     * @return one per parameter, of its shape, zeros where the loss does not depend on it
     */
    public static List<NDArray> gradients(Supplier<NDArray> loss, List<NDArray> parameters) {
        var found = withGrad(() -> Gradients.of(loss.get(), parameters));
        return IntStream.range(0, found.size())
                .mapToObj(i -> found.get(i).orElseGet(() -> parameters.get(i).zerosLike()))
                .toList();
    }

    /**
     * The gradients of a scalar that has been computed, in arrays of their own. Frees the recorded history.
     *
     * @param parameters what to differentiate by; they must require a gradient
     * @return one per parameter, of its shape; empty where the scalar does not depend on the parameter
     */
    public static List<Optional<NDArray>> partial(NDArray scalar, List<NDArray> parameters) {
        return Gradients.of(scalar, parameters);
    }

    /** Sets the gradients to zero. */
    public static void zero(List<NDArray> parameters) {
        for (var parameter : parameters) {
            JniUtils.zeroGrad((PtNDArray) parameter);
        }
    }

    /** The same numbers, in the same memory, without gradient history. */
    public static NDArray detach(NDArray array) {
        return JniUtils.detachGradient((PtNDArray) array);
    }

    private static <T> T in(boolean mode, Supplier<T> work) {
        TorchEngine.start();
        var before = JniUtils.isGradMode();
        JniUtils.setGradMode(mode);
        try {
            return work.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }
}
