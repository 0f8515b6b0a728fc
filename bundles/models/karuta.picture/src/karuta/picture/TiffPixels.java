package karuta.picture;

import java.util.Optional;
import karuta.picture.TiffFormat.Alpha;
import karuta.picture.TiffFormat.Kind;

/** Pixels of a TIFF file, gathered row by row. */
final class TiffPixels {

    private final Size size;
    private final TiffFormat format;
    /** Colours; of a palette, indices. */
    private final byte[] values;

    private final Optional<byte[]> alpha;

    TiffPixels(Size size, TiffFormat format) {
        this.size = size;
        this.format = format;
        values = new byte[size.pixels() * (format.kind() == Kind.PALETTE ? 1 : 3)];
        var seen = format.alpha() == Alpha.STRAIGHT || format.alpha() == Alpha.MULTIPLIED;
        alpha = seen ? Optional.of(new byte[size.pixels()]) : Optional.empty();
    }

    /**
     * Takes pixels of a row.
     *
     * @param x the first pixel's column
     * @param count of pixels
     * @param plane which channel, if each is stored by itself
     * @param bytes samples, of 16 bits in big-endian order
     * @param start where they begin
     */
    void take(int x, int y, int count, int plane, byte[] bytes, int start) {
        for (var i = 0; i < count; i++) {
            var pixel = y * size.width() + x + i;
            var first = i * format.together();
            switch (format.kind()) {
                case PALETTE -> values[pixel] = (byte) Samples.at(bytes, start, format.bits(), first);
                case GREY -> grey(pixel, bytes, start, first);
                case CMYK -> {
                    var white = 255 - color(bytes, start, first + 3);
                    for (var c = 0; c < 3; c++) {
                        values[3 * pixel + c] = (byte) Inks.light(255 - color(bytes, start, first + c), white);
                    }
                }
                case RGB -> rgb(pixel, plane, bytes, start, first);
            }
        }
    }

    private void grey(int pixel, byte[] bytes, int start, int first) {
        var grey = Samples.grey(Samples.at(bytes, start, format.bits(), first), format.bits());
        for (var c = 0; c < 3; c++) {
            values[3 * pixel + c] = (byte) (format.inverted() ? 255 - grey : grey);
        }
        if (alpha.isPresent()) {
            alpha.get()[pixel] = (byte) color(bytes, start, first + 1);
        }
    }

    private void rgb(int pixel, int plane, byte[] bytes, int start, int first) {
        if (format.planes()) {
            values[3 * pixel + plane] = bytes[start + first];
            return;
        }
        var seen = alpha.isPresent() ? color(bytes, start, first + 3) : 255;
        for (var c = 0; c < 3; c++) {
            var color = color(bytes, start, first + c);
            values[3 * pixel + c] = (byte) (format.alpha() == Alpha.MULTIPLIED ? divided(color, seen) : color);
        }
        if (alpha.isPresent()) {
            alpha.get()[pixel] = (byte) seen;
        }
    }

    private static int divided(int color, int alpha) {
        return alpha == 0 ? 0 : Math.min(255, 255 * color / alpha);
    }

    private int color(byte[] bytes, int start, int index) {
        return Samples.color(Samples.at(bytes, start, format.bits(), index), format.bits());
    }

    /** @param colors of the palette: all red ones, then the green, then the blue ones, in 16 bits */
    Stored picture(long[] colors) {
        if (format.kind() != Kind.PALETTE) {
            return Stored.of(size.width(), size.height(), values, alpha);
        }
        var count = 1 << format.bits();
        if (colors.length != 3 * count) {
            throw new BadPicture("its palette has " + colors.length / 3 + " colours, not " + count);
        }
        var entries = new byte[3 * count];
        for (var i = 0; i < entries.length; i++) {
            entries[i] = (byte) (colors[i % 3 * count + i / 3] >> 8);
        }
        return Palette.of(entries, 3, 0, 1, 2).paint(size, values);
    }
}
