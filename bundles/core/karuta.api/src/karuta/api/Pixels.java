package karuta.api;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A decoded image.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb 8-bit red, green, blue, row by row from the top left; {@code width * height * 3} bytes
 */
public record Pixels(int width, int height, byte[] rgb) {

    /** @throws IllegalArgumentException if the number of bytes does not fit */
    public Pixels {
        if (width < 1 || height < 1 || rgb.length != Math.multiplyExact(Math.multiplyExact(width, height), 3)) {
            throw new IllegalArgumentException(rgb.length + " bytes are no RGB image of " + width + " x " + height);
        }
    }

    /** SHA-256 of width, height (32-bit big-endian) and bytes, in hexadecimal digits. */
    public String fingerprint() {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update(ByteBuffer.allocate(8).putInt(width).putInt(height).array());
            return HexFormat.of().formatHex(hash.digest(rgb));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has SHA-256
        }
    }
}
