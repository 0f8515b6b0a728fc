package karuta.lmm.random;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import karuta.api.RandomStream;
import karuta.safetensors.Dtype;
import karuta.safetensors.SafeTensorsWriter;

/**
 * A tensor that is made while it is written.
 *
 * @param name of the tensor
 * @param shape of the tensor
 * @param kind of its numbers
 */
record RandomTensor(String name, Shape shape, Kind kind) {

    /** What the numbers are. */
    enum Kind {
        /** Biases. */
        ZEROS,
        /** Scales of norms. */
        ONES,
        /** Weights, see {@link #code}. */
        NOISE
    }

    private static final int CHUNK = 1 << 20;

    static RandomTensor noise(String name, long... shape) {
        return new RandomTensor(name, new Shape(shape), Kind.NOISE);
    }

    static RandomTensor zeros(String name, long... shape) {
        return new RandomTensor(name, new Shape(shape), Kind.ZEROS);
    }

    static RandomTensor ones(String name, long... shape) {
        return new RandomTensor(name, new Shape(shape), Kind.ONES);
    }

    /**
     * The tensor as it is written.
     *
     * @param dtype F32, BF16 or F16; the numbers are the same in each
     * @param draws of the model
     */
    SafeTensorsWriter.Source source(Dtype dtype, RandomStream draws) {
        return new SafeTensorsWriter.Source(name, dtype, shape, file -> write(file, dtype, draws.fork(name)));
    }

    private void write(WritableByteChannel file, Dtype dtype, RandomStream draws) throws IOException {
        var codes = new int[256];
        for (var i = 0; i < codes.length; i++) {
            codes[i] = code(i, dtype);
        }
        var buffer = ByteBuffer.allocateDirect(CHUNK * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (var at = 0L; at < shape.size(); at += CHUNK) {
            fill(buffer.clear(), dtype, codes, draws, at);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        }
    }

    /** Eight numbers per draw. */
    private void fill(ByteBuffer buffer, Dtype dtype, int[] codes, RandomStream draws, long at) {
        var bits = 0L;
        for (var i = at; i < Math.min(at + CHUNK, shape.size()); i++) {
            bits = i % Long.BYTES == 0 ? draws.bits(i / Long.BYTES) : bits >>> Byte.SIZE;
            var code = codes[(int) bits & 255];
            if (dtype == Dtype.F32) {
                buffer.putInt(code);
            } else {
                buffer.putShort((short) code);
            }
        }
        buffer.flip();
    }

    /**
     * The bits of a number. Noise has 256 values, evenly spread from -255/8192 to 255/8192. Their standard deviation is
     * 0.018, near the 0.02 that such models are initialised with; they have eight significant bits, so that every type
     * holds them exactly.
     */
    private int code(int i, Dtype dtype) {
        var number = switch (kind) {
            case ZEROS -> 0f;
            case ONES -> 1f;
            case NOISE -> (2 * i - 255) * 0x1p-13f;
        };
        var bits = Float.floatToIntBits(number);
        return switch (dtype) {
            case F32 -> bits;
            case BF16 -> bits >>> 16;
            // float16 has another bias of the exponent (15, not 127) and 13 bits less; all these numbers are normal
            case F16 -> number == 0 ? 0 : bits >>> 16 & 0x8000 | (bits & 0x7FFFFFFF) - (112 << 23) >>> 13;
            default -> throw new IllegalArgumentException("weights of type " + dtype);
        };
    }
}
