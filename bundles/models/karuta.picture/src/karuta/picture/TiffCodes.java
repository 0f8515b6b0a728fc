package karuta.picture;

/** LZW as TIFF has it (section 13): the upper bits first, and codes grow one early. */
final class TiffCodes {

    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST = 258;
    private static final int MIN_BITS = 9;
    private static final int MAX_BITS = 12;
    private static final int TABLE = 1 << MAX_BITS;

    private final byte[] raw;
    private final byte[] out;
    private final int[] before = new int[TABLE];
    private final int[] length = new int[TABLE];
    private final byte[] last = new byte[TABLE];
    private int at;
    private int bits;
    private int bitCount;
    private int codeBits = MIN_BITS;
    private int next = FIRST;

    TiffCodes(byte[] raw, int needed) {
        this.raw = raw;
        out = new byte[needed];
        for (var i = 0; i < CLEAR; i++) {
            last[i] = (byte) i;
            length[i] = 1;
        }
        if (raw.length > 1 && raw[0] == 0 && (raw[1] & 1) != 0) {
            throw BadPicture.notRead("it is TIFF compressed by the LZW of before 1992");
        }
    }

    /** @throws BadPicture if the codes do not begin with a clear table (libtiff refuses that), are broken or too few */
    byte[] read() {
        if (code() != CLEAR) {
            throw new BadPicture("its compressed data do not begin as they must");
        }
        var filled = 0;
        var previous = -1;
        while (filled < out.length) {
            var code = code();
            if (code == END) {
                throw BadPicture.endsTooEarly();
            }
            if (code == CLEAR) {
                codeBits = MIN_BITS;
                next = FIRST;
                previous = -1;
                continue;
            }
            if (previous < 0 ? code > CLEAR : code > next) {
                throw new BadPicture("its compressed data are broken (code " + code + " has no meaning)");
            }
            if (previous >= 0) {
                if (next == TABLE - 1) {
                    throw new BadPicture("its compressed data are broken (too many codes)");
                }
                before[next] = previous;
                length[next] = length[previous] + 1;
                last[next] = first(code == next ? previous : code);
                next++;
                if (next == (1 << codeBits) - 1 && codeBits < MAX_BITS) {
                    codeBits++;
                }
            }
            filled = put(code, filled);
            previous = code;
        }
        return out;
    }

    private byte first(int code) {
        var at = code;
        while (at > END) {
            at = before[at];
        }
        return last[at];
    }

    private int put(int code, int filled) {
        var end = filled + length[code];
        var from = code;
        for (var i = end - 1; i >= filled; i--) {
            if (i < out.length) {
                out[i] = last[from];
            }
            from = before[from];
        }
        return end;
    }

    private int code() {
        while (bitCount < codeBits) {
            if (at == raw.length) {
                throw BadPicture.endsTooEarly();
            }
            bits = bits << 8 | raw[at++] & 0xFF;
            bitCount += 8;
        }
        bitCount -= codeBits;
        return bits >> bitCount & (1 << codeBits) - 1;
    }
}
