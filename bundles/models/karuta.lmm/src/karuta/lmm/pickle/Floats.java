package karuta.lmm.pickle;

import java.nio.ByteBuffer;
import karuta.lmm.pickle.TensorBytes.Sink;
import karuta.safetensors.Dtype;

/** Collects floating point numbers of any width in 32 bits. */
final class Floats implements Sink {

    private final Dtype dtype;
    private final float[] numbers;
    private int count;

    Floats(Dtype dtype, int size) {
        this.dtype = dtype;
        this.numbers = new float[size];
    }

    @Override
    public void put(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            numbers[count++] = switch (dtype) {
                case F64 -> (float) piece.getDouble();
                case F32 -> piece.getFloat();
                case BF16 -> Float.intBitsToFloat(piece.getShort() << 16);
                case F16 -> half(piece.getShort());
                default -> throw new IllegalArgumentException(dtype + " has no floating point numbers");
            };
        }
    }

    /** IEEE 754's binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. */
    private static float half(short bits) {
        var exponent = bits >> 10 & 31;
        var fraction = bits & 1023;
        var size = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Math.scalb(1024f + fraction, exponent - 25);
        };
        return bits < 0 ? -size : size;
    }

    float[] numbers() {
        return numbers;
    }
}
