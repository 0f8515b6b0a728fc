package karuta.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * Looks for NaN and infinity among floating point numbers as they lie in a file, eight bytes at a time: both have an
 * exponent of ones alone, and one more in its last bit carries into the sign's place, which was masked.
 */
enum FiniteNumbers {
    HALF(0x7C007C007C007C00L, 0x0400040004000400L, Short.BYTES),
    BRAIN(0x7F807F807F807F80L, 0x0080008000800080L, Short.BYTES),
    SINGLE(0x7F8000007F800000L, 0x0080000000800000L, Integer.BYTES),
    DOUBLE(0x7FF0000000000000L, 0x0010000000000000L, Long.BYTES),
    /** Whole numbers, and truth values. */
    WHOLE(0, 0, 1);

    private final long exponent;
    private final long one;
    private final int bytes;

    FiniteNumbers(long exponent, long one, int bytes) {
        this.exponent = exponent;
        this.one = one;
        this.bytes = bytes;
    }

    static FiniteNumbers of(Dtype dtype) {
        return switch (dtype) {
            case F16 -> HALF;
            case BF16 -> BRAIN;
            case F32 -> SINGLE;
            case F64 -> DOUBLE;
            default -> WHOLE;
        };
    }

    /**
     * Where the first number is that is not finite, counted in numbers.
     *
     * @param numbers whole numbers of the type, little-endian; its position stays
     */
    OptionalLong firstOdd(ByteBuffer numbers) {
        if (this == WHOLE) {
            return OptionalLong.empty();
        }
        var words = numbers.duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        var carried = 0L;
        for (var i = 0; i < words.limit(); i++) {
            carried |= (words.get(i) & exponent) + one;
        }
        var signs = exponent + one;
        var rest = numbers.position() + words.limit() * Long.BYTES;
        return (carried & signs) == 0 && rest == numbers.limit() ? OptionalLong.empty() : oneByOne(numbers);
    }

    private OptionalLong oneByOne(ByteBuffer numbers) {
        for (var at = numbers.position(); at < numbers.limit(); at += bytes) {
            var word = 0L;
            for (var i = 0; i < bytes; i++) {
                word |= (numbers.get(at + i) & 0xFFL) << Byte.SIZE * i;
            }
            var lowest = exponent & -1L >>> Long.SIZE - Byte.SIZE * bytes;
            if ((word & lowest) == lowest) {
                return OptionalLong.of((at - numbers.position()) / bytes);
            }
        }
        return OptionalLong.empty();
    }
}
