package karuta.archive.ssh;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what SSH puts one after the other (RFC 4251, section 5). */
final class Wire {

    private final ByteBuffer bytes;

    Wire(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** A number of 32 bits. */
    int number() {
        expect(Integer.BYTES);
        return bytes.getInt();
    }

    /** So many bytes. */
    byte[] bytes(int length) {
        expect(length);
        var part = new byte[length];
        bytes.get(part);
        return part;
    }

    /** Bytes whose number stands before them. */
    byte[] string() {
        return bytes(number());
    }

    /** The same as text. */
    String text() {
        return new String(string(), StandardCharsets.UTF_8);
    }

    /** A whole number that is not negative. */
    BigInteger natural() {
        var value = new BigInteger(string());
        if (value.signum() < 0) {
            throw new IllegalArgumentException("a number in it is negative");
        }
        return value;
    }

    /** Nothing may follow. */
    void end() {
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes too many are in it");
        }
    }

    private void expect(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("it is cut off");
        }
    }

    /** Writes what {@link #string} reads, part after part. */
    static byte[] strings(byte[]... parts) {
        var all = ByteBuffer.allocate(Arrays.stream(parts)
                .mapToInt(part -> Integer.BYTES + part.length)
                .sum());
        for (var part : parts) {
            all.putInt(part.length).put(part);
        }
        return all.array();
    }
}
