package karuta.picture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a BMP file says of its pixels.
 *
 * @param length of the header that says it
 * @param topDown whether the first row is the upper one
 * @param bits of a pixel
 * @param compression one of the constants
 * @param entry bytes of a palette's entry
 * @param colors of the palette
 * @param masks of red, green, blue and alpha; none unless the compression is {@link #BITFIELDS}
 */
record BmpHeader(
        Size size,
        int length,
        boolean topDown,
        int bits,
        int compression,
        int entry,
        long colors,
        List<Integer> masks) {

    static final int RAW = 0;
    static final int RLE8 = 1;
    static final int RLE4 = 2;
    static final int BITFIELDS = 3;

    private static final List<Integer> LENGTHS = List.of(40, 52, 56, 64, 108, 124);
    private static final int OS2 = 12;

    /**
     * Reads it.
     *
     * @param in stands before the header, and then behind it and its masks
     */
    static BmpHeader of(ByteBuffer in) {
        var start = in.position();
        var length = in.getInt();
        if (length > in.limit() - start) {
            throw BadPicture.endsTooEarly();
        }
        if (length == OS2) {
            var size = Size.of(in.getShort() & 0xFFFF, in.getShort() & 0xFFFF);
            in.getShort();
            var bits = in.getShort() & 0xFFFF;
            return new BmpHeader(size, length, false, bits, RAW, 3, 1L << Math.min(bits, 32), List.of());
        }
        if (!LENGTHS.contains(length)) {
            throw new BadPicture("it has a header of " + length + " bytes, which BMP does not have");
        }
        var topDown = (in.get(start + 11) & 0xFF) == 0xFF; // as Pillow finds out whether the height is negative
        var width = Integer.toUnsignedLong(in.getInt());
        var height = Integer.toUnsignedLong(in.getInt());
        var size = Size.of(width, topDown ? (1L << 32) - height : height);
        in.getShort();
        var bits = in.getShort() & 0xFFFF;
        var compression = in.getInt();
        var declared = Integer.toUnsignedLong(in.getInt(start + 32));
        var colors = declared == 0 ? 1L << Math.min(bits, 32) : declared;
        in.position(start + 40);
        var masks = compression == BITFIELDS ? masks(in, length) : List.<Integer>of();
        in.position(Math.max(in.position(), start + length));
        return new BmpHeader(size, length, topDown, bits, compression, 4, colors, masks);
    }

    /** Behind the header of 40 bytes, or within a longer one. */
    private static List<Integer> masks(ByteBuffer in, int length) {
        var masks = new ArrayList<Integer>();
        for (var i = 0; i < 3; i++) {
            masks.add(in.getInt());
        }
        masks.add(length >= 56 ? in.getInt() : 0);
        return masks;
    }

    /** Bytes of a row of raw pixels: a multiple of four. */
    int stride() {
        return Math.toIntExact(((long) size.width() * bits + 31) / 32 * 4);
    }

    /** The row in which the pixels of a row of the file belong. */
    int row(int row) {
        return topDown ? row : size.height() - 1 - row;
    }
}
