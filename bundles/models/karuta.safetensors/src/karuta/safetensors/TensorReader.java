package karuta.safetensors;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import karuta.tensor.Tensors;

/**
 * Turns the bytes of a tensor into an array.
 *
 * @param manager gets the array
 * @param target element type of the array
 */
record TensorReader(NDManager manager, DataType target) {

    private static final int CHUNK = 1 << 16;

    /**
     * An array in the very bytes that it is given, if it can lie there, or else one in memory of its own.
     *
     * @param bytes direct, little-endian, positioned at the tensor's first byte
     */
    NDArray share(TensorInfo info, ByteBuffer bytes) {
        var fits = info.dtype().type() == target
                && info.dtype() != Dtype.BOOL
                && !manager.getDevice().isGpu();
        return fits ? Tensors.shared(manager, bytes, info.shape(), target) : read(info, bytes);
    }

    /**
     * An array in memory of its own.
     *
     * @param bytes direct, little-endian, positioned at the tensor's first byte
     */
    NDArray read(TensorInfo info, ByteBuffer bytes) {
        return switch (info.dtype()) {
            case BF16 -> widened(info, bytes);
            case BOOL -> Tensors.of(manager, booleans(bytes), info.shape());
            default ->
                info.dtype().type() == target
                        ? Tensors.copied(manager, bytes, info.shape(), target)
                        : converted(info, bytes);
        };
    }

    private NDArray converted(TensorInfo info, ByteBuffer bytes) {
        var main = manager.newSubManager(Device.cpu());
        try (main) {
            return placed(Tensors.shared(main, bytes, info.shape(), info.dtype().type()));
        }
    }

    /** @param array in the main memory */
    private NDArray placed(NDArray array) {
        var placed = array.toType(target, false).toDevice(manager.getDevice(), false);
        placed.attach(manager);
        return placed;
    }

    /** The bits of a bfloat16 number are the upper half of the same float32 number's bits. */
    private NDArray widened(TensorInfo info, ByteBuffer bytes) {
        var main = manager.newSubManager(Device.cpu());
        try (main) {
            var wide = main.create(info.shape(), DataType.FLOAT32);
            var source = bytes.asShortBuffer();
            var sink = wide.toByteBuffer(true).order(ByteOrder.nativeOrder()).asIntBuffer();
            var halves = new short[CHUNK];
            var floats = new int[CHUNK];
            while (source.hasRemaining()) {
                var count = Math.min(CHUNK, source.remaining());
                source.get(halves, 0, count);
                for (var i = 0; i < count; i++) {
                    floats[i] = halves[i] << 16;
                }
                sink.put(floats, 0, count);
            }
            return placed(wide);
        }
    }

    /** Every byte but 0 means true. */
    private static boolean[] booleans(ByteBuffer bytes) {
        var result = new boolean[bytes.remaining()];
        for (var i = 0; i < result.length; i++) {
            result[i] = bytes.get() != 0;
        }
        return result;
    }
}
