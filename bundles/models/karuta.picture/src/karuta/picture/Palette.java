package karuta.picture;

import java.util.Arrays;
import java.util.Optional;

/**
 * Up to 256 colours; those that a file does not give are black.
 *
 * @param rgb of all 256
 * @param alpha of all 256, if there is any
 */
record Palette(byte[] rgb, Optional<byte[]> alpha) {

    private static final int COLORS = 256;

    /**
     * Of a file's entries; what is left of the last one counts as none.
     *
     * @param entries bytes
     * @param length of an entry
     * @param order where in an entry red, green and blue are
     */
    static Palette of(byte[] entries, int length, int... order) {
        var rgb = new byte[COLORS * 3];
        for (var i = 0; i < Math.min(COLORS, entries.length / length); i++) {
            for (var channel = 0; channel < 3; channel++) {
                rgb[3 * i + channel] = entries[i * length + order[channel]];
            }
        }
        return new Palette(rgb, Optional.empty());
    }

    static Palette black() {
        return of(new byte[0], 3, 0, 1, 2);
    }

    /** Index i is grey of value i. */
    static Palette greys() {
        var entries = new byte[COLORS * 3];
        for (var i = 0; i < entries.length; i++) {
            entries[i] = (byte) (i / 3);
        }
        return of(entries, 3, 0, 1, 2);
    }

    /** With these alpha values; the colours after them are opaque. */
    Palette with(byte[] values) {
        var all = new byte[COLORS];
        Arrays.fill(all, (byte) 255);
        System.arraycopy(values, 0, all, 0, values.length);
        return new Palette(rgb, Optional.of(all));
    }

    /** With one colour that is transparent. */
    Palette without(int index) {
        var values = new byte[index + 1];
        Arrays.fill(values, 0, index, (byte) 255);
        return with(values);
    }

    Stored paint(Size size, byte[] indices) {
        var colors = new byte[indices.length * 3];
        for (var i = 0; i < indices.length; i++) {
            System.arraycopy(rgb, 3 * (indices[i] & 0xFF), colors, 3 * i, 3);
        }
        var seen = alpha.map(values -> {
            var all = new byte[indices.length];
            for (var i = 0; i < all.length; i++) {
                all[i] = values[indices[i] & 0xFF];
            }
            return all;
        });
        return Stored.of(size.width(), size.height(), colors, seen);
    }
}
