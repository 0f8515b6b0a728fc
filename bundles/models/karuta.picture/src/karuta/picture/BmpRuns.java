package karuta.picture;

import java.nio.ByteBuffer;

/** Run-length coding of BMP, to the letter of Pillow's decoder: too long a run is cut at the row's end. */
final class BmpRuns {

    private final ByteBuffer in;
    private final Size size;
    private final boolean nibbles;
    private final byte[] out;
    private int at;
    private int x;

    BmpRuns(ByteBuffer in, Size size, boolean nibbles) {
        this.in = in;
        this.size = size;
        this.nibbles = nibbles;
        Size.requirePlausible(size.pixels(), in.remaining(), 65_536); // a jump of four bytes goes over 255 rows
        out = new byte[size.pixels()];
    }

    /** Row by row, as stored. */
    byte[] read() {
        var more = true;
        while (more && at < out.length && in.remaining() >= 2) {
            var count = in.get() & 0xFF;
            var value = in.get() & 0xFF;
            if (count > 0) {
                run(count, value);
            } else {
                more = escape(value);
            }
        }
        if (at < out.length) {
            throw BadPicture.endsTooEarly();
        }
        return out;
    }

    private void run(int count, int value) {
        var fitting = Math.max(0, Math.min(count, size.width() - x));
        for (var i = 0; i < fitting; i++) {
            put(!nibbles ? value : i % 2 == 0 ? value >> 4 : value & 15);
        }
        x += fitting;
    }

    /** Whether there is more after it. */
    private boolean escape(int code) {
        switch (code) {
            case 0 -> {
                at = Math.min(out.length, (at + size.width() - 1) / size.width() * size.width());
                x = 0;
                return true;
            }
            case 1 -> {
                return false;
            }
            case 2 -> {
                if (in.remaining() < 2) {
                    return false;
                }
                var right = in.get() & 0xFF;
                var up = in.get() & 0xFF;
                at = (int) Math.min(out.length, at + right + (long) up * size.width());
                x = at % size.width();
                return true;
            }
            default -> {
                return literal(code);
            }
        }
    }

    private boolean literal(int code) {
        var count = Math.min(out.length - at, code);
        var bytes = nibbles ? (count + 1) / 2 : count;
        var given = Math.min(bytes, in.remaining());
        for (var i = 0; i < given; i++) {
            var value = in.get() & 0xFF;
            if (!nibbles) {
                put(value);
            } else {
                put(value >> 4);
                if (2 * i + 1 < count) {
                    put(value & 15);
                }
            }
        }
        if (given < bytes || at == out.length) {
            return false;
        }
        x += code;
        if (in.position() % 2 != 0 && in.hasRemaining()) {
            in.get();
        }
        return true;
    }

    private void put(int value) {
        if (at < out.length) {
            out[at++] = (byte) value;
        }
    }
}
