package karuta.picture;

import java.util.Optional;
import karuta.api.Pixels;

/**
 * A picture as a file holds it.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb 8-bit red, green, blue, row by row from the top left; {@code width * height * 3} bytes
 * @param alpha from 0, which is transparent, to 255; {@code width * height} bytes
 * @param noted how it must be turned as the camera noted
 */
record Stored(int width, int height, byte[] rgb, Optional<byte[]> alpha, Orientation noted) {

    static Stored opaque(int width, int height, byte[] rgb) {
        return new Stored(width, height, rgb, Optional.empty(), Orientation.UPRIGHT);
    }

    static Stored of(int width, int height, byte[] rgb, Optional<byte[]> alpha) {
        return new Stored(width, height, rgb, alpha, Orientation.UPRIGHT);
    }

    Stored noted(Orientation orientation) {
        return new Stored(width, height, rgb, alpha, orientation);
    }

    /** What is seen of it, before it is turned. */
    Pixels seen(Transparency transparency) {
        if (alpha.isEmpty() || transparency == Transparency.DROPPED) {
            return new Pixels(width, height, rgb);
        }
        var seen = new byte[rgb.length];
        for (var i = 0; i < rgb.length; i++) {
            seen[i] = (byte) transparency.seen(rgb[i] & 0xFF, alpha.get()[i / 3] & 0xFF);
        }
        return new Pixels(width, height, seen);
    }
}
