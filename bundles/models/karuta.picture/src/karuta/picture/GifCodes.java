package karuta.picture;

import java.nio.ByteBuffer;

/** Pixels of a GIF frame, which are coded by LZW (appendix F), with what Pillow refuses. */
final class GifCodes {

    private static final int MAX_BITS = 12;
    private static final int TABLE = 1 << MAX_BITS;
    /** A code of twelve bits stands for no more than the table's length. */
    private static final int LZW_RATIO = TABLE;

    private final ByteBuffer in;
    private final int clear;
    private final short[] before = new short[TABLE];
    private final byte[] last = new byte[TABLE];
    /** Pixels of the current code, the last one first. */
    private final byte[] pixels = new byte[TABLE + 1];

    private int left;
    private int block;
    private int bits;
    private int bitCount;
    private int codeBits;
    private int next;
    private int previous = -1;
    private int first;

    /** @param in stands before the code size */
    GifCodes(ByteBuffer in, int size) {
        this.in = in;
        var width = in.get() & 0xFF;
        if (width > MAX_BITS) {
            throw new BadPicture("its codes have " + width + " bits");
        }
        clear = 1 << width;
        reset();
        Size.requirePlausible(size, in.remaining(), LZW_RATIO);
    }

    /** Reads pixels into a row. */
    void read(byte[] row, int from, int count) {
        for (var i = 0; i < count; i++) {
            if (left == 0) {
                expand();
            }
            row[from + i] = pixels[--left];
        }
    }

    private void reset() {
        codeBits = Integer.numberOfTrailingZeros(clear) + 1;
        next = clear + 2;
        previous = -1;
    }

    private void expand() {
        var code = code();
        while (code == clear) {
            reset();
            code = code();
        }
        if (code == clear + 1) {
            throw BadPicture.endsTooEarly();
        }
        if (previous < 0 ? code > clear : code > next) {
            throw new BadPicture("its compressed data are broken (code " + code + " has no meaning)");
        }
        var at = code;
        if (previous >= 0 && code == next) {
            pixels[left++] = (byte) first;
            at = previous;
        }
        while (at >= clear) {
            if (left >= TABLE || at >= TABLE) {
                throw new BadPicture("its compressed data are broken");
            }
            pixels[left++] = last[at];
            at = before[at];
        }
        pixels[left++] = (byte) at;
        if (previous >= 0 && next < TABLE) {
            last[next] = (byte) at;
            before[next] = (short) previous;
            if (next == (1 << codeBits) - 1 && codeBits < MAX_BITS) {
                codeBits++;
            }
            next++;
        }
        first = at;
        previous = code;
    }

    private int code() {
        while (bitCount < codeBits) {
            while (block == 0) {
                block = in.get() & 0xFF;
                if (block > in.remaining()) {
                    throw BadPicture.endsTooEarly();
                }
            }
            bits |= (in.get() & 0xFF) << bitCount;
            bitCount += 8;
            block--;
        }
        var code = bits & (1 << codeBits) - 1;
        bits >>>= codeBits;
        bitCount -= codeBits;
        return code;
    }
}
