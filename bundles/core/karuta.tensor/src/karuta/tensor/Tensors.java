package karuta.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The one door from Java's memory into PyTorch's. Arrays that are made here lie in memory that PyTorch owns and frees when
 * nobody needs it any more, neither an array nor a recorded graph.
 *
 * <p>DJL's {@code NDManager.create(data)} wraps memory that Java owns, and only the array that it returns keeps that memory.
 * Once the array is closed, by a scope perhaps, the garbage collector may free what a graph will still read in the backward
 * pass, and gradients are wrong without a word. The same holds for DJL's operators with a Java number, such as {@code
 * x.mul(2)}, which make such an array on the way; {@link Ops#scale} and {@link Ops#plus} take their place.
 */
public final class Tensors {

    /** Numbers that a script reads must not have to come from a GPU: each would make the program wait for it. */
    private static final NDManager MAIN = TorchEngine.manager(Device.cpu());

    private Tensors() {}

    /** A vector, float32, {@code [numbers.length]}. */
    public static NDArray of(NDManager manager, float... numbers) {
        return of(manager, numbers, new Shape(numbers.length));
    }

    /** A vector, int64, {@code [numbers.length]}. */
    public static NDArray of(NDManager manager, long... numbers) {
        return of(manager, numbers, new Shape(numbers.length));
    }

    /** A tensor, float32. */
    public static NDArray of(NDManager manager, float[] numbers, Shape shape) {
        return filled(
                manager,
                numbers.length,
                shape,
                DataType.FLOAT32,
                memory -> memory.asFloatBuffer().put(numbers));
    }

    /** A tensor, float64. */
    public static NDArray of(NDManager manager, double[] numbers, Shape shape) {
        return filled(
                manager,
                numbers.length,
                shape,
                DataType.FLOAT64,
                memory -> memory.asDoubleBuffer().put(numbers));
    }

    /** A tensor, int64. */
    public static NDArray of(NDManager manager, long[] numbers, Shape shape) {
        return filled(
                manager,
                numbers.length,
                shape,
                DataType.INT64,
                memory -> memory.asLongBuffer().put(numbers));
    }

    /** A tensor, boolean. */
    public static NDArray of(NDManager manager, boolean[] values, Shape shape) {
        return filled(manager, values.length, shape, DataType.BOOLEAN, memory -> {
            for (var value : values) {
                memory.put((byte) (value ? 1 : 0));
            }
        });
    }

    /** A tensor, uint8. */
    public static NDArray of(NDManager manager, byte[] numbers, Shape shape) {
        return filled(manager, numbers.length, shape, DataType.UINT8, memory -> memory.put(numbers));
    }

    /** One number, float64, without dimensions. */
    public static NDArray scalar(NDManager manager, double number) {
        return of(manager, new double[] {number}, new Shape());
    }

    /** One number that a script reads by {@code float(x)}: float64, without dimensions, in the main memory. To be closed. */
    static NDArray number(double number) {
        return scalar(MAIN, number);
    }

    /** Numbers that a script reads by {@code int(x[i])}: int64, {@code [numbers.length]}, in the main memory. To be closed. */
    static NDArray numbers(long... numbers) {
        return of(MAIN, numbers);
    }

    /**
     * A copy of numbers in the machine's byte order.
     *
     * @param bytes from its position to its limit
     * @param type of the numbers, with as many bytes as the shape needs
     */
    public static NDArray copied(NDManager manager, ByteBuffer bytes, Shape shape, DataType type) {
        return filled(manager, bytes.remaining() / type.getNumOfBytes(), shape, type, memory -> memory.put(bytes));
    }

    /**
     * A tensor in the very memory of a buffer, such as a part of a mapped file. The manager keeps that memory until it is
     * closed, whatever becomes of the tensor: views of it and recorded graphs may read it as long as the manager lives.
     *
     * @param bytes direct, in the machine's byte order, from its position on; for reading only if it is mapped so
     */
    public static NDArray shared(NDManager manager, ByteBuffer bytes, Shape shape, DataType type) {
        require(bytes.remaining() / type.getNumOfBytes(), shape);
        var memory = bytes.slice();
        NDArray tensor = manager.create(memory, shape, type);
        manager.attachInternal("memory of " + tensor.getUid(), new KeptMemory(memory));
        return tensor;
    }

    /** Is reachable from the manager, and so is the memory. */
    private record KeptMemory(ByteBuffer memory) implements AutoCloseable {

        /** The garbage collector frees the memory once nobody has the buffer any more. */
        @Override
        public void close() {}
    }

    private static NDArray filled(
            NDManager manager, int count, Shape shape, DataType type, Consumer<ByteBuffer> numbers) {
        require(count, shape);
        if (manager.getDevice().isGpu()) {
            try (var main = manager.newSubManager(Device.cpu())) {
                NDArray tensor = filled(main, count, shape, type, numbers).toDevice(manager.getDevice(), true);
                tensor.attach(manager);
                return tensor;
            }
        }
        NDArray tensor = manager.create(shape, type);
        if (count > 0) {
            numbers.accept(tensor.toByteBuffer(true));
        }
        return tensor;
    }

    private static void require(int count, Shape shape) {
        if (shape.size() != count) {
            throw new IllegalArgumentException(count + " numbers do not fill the shape " + shape);
        }
    }
}
