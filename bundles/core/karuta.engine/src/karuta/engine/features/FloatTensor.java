package karuta.engine.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import karuta.tensor.Tensors;

/**
 * The numbers of a float32 array, off the engine, so that a cache can drop them at any time.
 *
 * @param shape dimensions
 * @param numbers row by row
 */
record FloatTensor(long[] shape, float[] numbers) {

    static FloatTensor of(NDArray array) {
        return new FloatTensor(array.getShape().getShape(), array.toFloatArray());
    }

    /** An array of its own; the scope around it frees it. */
    NDArray in(NDManager manager) {
        return Tensors.of(manager, numbers, new Shape(shape));
    }

    int bytes() {
        return Integer.BYTES + Long.BYTES * shape.length + Float.BYTES * numbers.length;
    }

    void write(ByteBuffer out) {
        out.putInt(shape.length);
        for (var size : shape) {
            out.putLong(size);
        }
        out.asFloatBuffer().put(numbers);
        out.position(out.position() + Float.BYTES * numbers.length);
    }

    static FloatTensor read(ByteBuffer in) {
        var shape = new long[in.getInt()];
        for (var i = 0; i < shape.length; i++) {
            shape[i] = in.getLong();
        }
        var numbers = new float[Math.toIntExact(new Shape(shape).size())];
        in.asFloatBuffer().get(numbers);
        in.position(in.position() + Float.BYTES * numbers.length);
        return new FloatTensor(shape, numbers);
    }
}
