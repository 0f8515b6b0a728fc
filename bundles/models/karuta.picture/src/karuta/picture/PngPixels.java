package karuta.picture;

import java.util.Optional;

/** Pixels of a PNG file, gathered row by row, as Pillow's modes 1, L, I;16, P, LA, RGB and RGBA become RGB. */
final class PngPixels implements PngRows.Sink {

    private final Size size;
    private final PngFormat format;
    /** Colours; of a palette, indices. */
    private final byte[] values;

    private final Optional<byte[]> alpha;
    private final int channels;

    PngPixels(Size size, PngFormat format) {
        this.size = size;
        this.format = format;
        channels = format.kind() == PngFormat.PALETTE ? 1 : 3;
        values = new byte[size.pixels() * channels];
        alpha = format.alpha() ? Optional.of(new byte[size.pixels()]) : Optional.empty();
    }

    @Override
    public void take(int y, int x, int step, byte[] row, int count) {
        for (var i = 0; i < count; i++) {
            var pixel = y * size.width() + x + i * step;
            var first = i * format.channels();
            for (var channel = 0; channel < channels; channel++) {
                values[pixel * channels + channel] = (byte) value(row, first, channel);
            }
            if (alpha.isPresent()) {
                alpha.get()[pixel] = (byte) color(row, first + format.channels() - 1);
            }
        }
    }

    private int value(byte[] row, int first, int channel) {
        return switch (format.kind()) {
            case PngFormat.PALETTE -> Samples.at(row, 1, format.bits(), first);
            case PngFormat.GREY -> Samples.grey(Samples.at(row, 1, format.bits(), first), format.bits());
            case PngFormat.GREY_ALPHA -> color(row, first);
            default -> color(row, first + channel);
        };
    }

    private int color(byte[] row, int index) {
        return Samples.color(Samples.at(row, 1, format.bits(), index), format.bits());
    }

    /**
     * The picture.
     *
     * @param palette of the chunk PLTE
     * @param transparency of the chunk tRNS: alpha values of the palette, or a colour of 16 bits a channel
     */
    Stored picture(Palette palette, Optional<byte[]> transparency) {
        if (format.kind() == PngFormat.PALETTE) {
            return transparency.map(palette::with).orElse(palette).paint(size, values);
        }
        var seen = format.alpha() ? alpha : transparency.map(this::unlike);
        return Stored.of(size.width(), size.height(), values, seen);
    }

    /** Transparent where a pixel, in 8 bits, has the lower 8 bits of the colour: so Pillow compares. */
    private byte[] unlike(byte[] color) {
        var key = new byte[3];
        for (var channel = 0; channel < 3; channel++) {
            key[channel] = format.kind() == PngFormat.RGB ? color[2 * channel + 1] : color[1];
        }
        if (format.bits() == 1) { // black or white
            var value = (byte) (color[0] == 0 && color[1] == 0 ? 0 : 255);
            key = new byte[] {value, value, value};
        }
        var all = new byte[size.pixels()];
        for (var i = 0; i < all.length; i++) {
            var same = values[3 * i] == key[0] && values[3 * i + 1] == key[1] && values[3 * i + 2] == key[2];
            all[i] = (byte) (same ? 0 : 255);
        }
        return all;
    }
}
