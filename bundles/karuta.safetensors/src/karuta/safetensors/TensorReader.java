package karuta.safetensors;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns the bytes of a tensor into an array.
 *
 * @param manager gets the array
 * @param target element type of the array
 */
record TensorReader(NDManager manager, DataType target) {

    private static final int CHUNK = 1 << 16;

    /** Whether the array that {@link #read} makes lies in the very bytes it is given. */
    static boolean isDirect(TensorInfo info, NDManager manager, DataType target) {
        return info.dtype().type() == target
                && info.dtype() != Dtype.BOOL
                && !manager.getDevice().isGpu();
    }

    /** @param bytes direct, little-endian, positioned at the tensor's first byte */
    NDArray read(TensorInfo info, ByteBuffer bytes) {
        return switch (info.dtype()) {
            case BF16 -> widened(info, bytes);
            case BOOL -> manager.create(normalised(bytes), info.shape(), target);
            default ->
                converted(manager.create(bytes, info.shape(), info.dtype().type()));
        };
    }

    private NDArray converted(NDArray array) {
        if (array.getDataType() == target) {
            return array;
        }
        try (array) {
            return array.toType(target, false);
        }
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
            var placed = converted(wide.toDevice(manager.getDevice(), false));
            placed.attach(manager);
            return placed;
        }
    }

    /** Every byte but 0 means true. */
    private static ByteBuffer normalised(ByteBuffer bytes) {
        var result = ByteBuffer.allocateDirect(bytes.remaining()).order(ByteOrder.nativeOrder());
        while (bytes.hasRemaining()) {
            result.put((byte) (bytes.get() == 0 ? 0 : 1));
        }
        return result.flip();
    }
}
