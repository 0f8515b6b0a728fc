package karuta.picture;

/** Samples of 1 to 16 bits in a row of bytes, as PNG, BMP and TIFF store them: the first one in the highest bits. */
final class Samples {

    private Samples() {}

    /** A sample as it is stored; of 16 bits in big-endian order. */
    static int at(byte[] row, int start, int bits, int index) {
        if (bits == 8) {
            return row[start + index] & 0xFF;
        }
        if (bits == 16) {
            return (row[start + 2 * index] & 0xFF) << 8 | row[start + 2 * index + 1] & 0xFF;
        }
        var bit = index * bits;
        return (row[start + bit / 8] & 0xFF) >> 8 - bits - bit % 8 & (1 << bits) - 1;
    }

    /** Grey as Pillow makes it of a sample: less than 8 bits are stretched, 16 bits are cut off at 255. */
    static int grey(int sample, int bits) {
        return bits > 8 ? Math.min(sample, 255) : sample * 255 / ((1 << bits) - 1);
    }

    /** A colour: of 16 bits, Pillow keeps the upper 8. */
    static int color(int sample, int bits) {
        return bits > 8 ? sample >> bits - 8 : sample;
    }
}
