package karuta.picture;

import static karuta.picture.BmpHeader.BITFIELDS;
import static karuta.picture.BmpHeader.RAW;
import static karuta.picture.BmpHeader.RLE4;
import static karuta.picture.BmpHeader.RLE8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** BMP of Windows and OS/2, of all headers and depths that Pillow reads. The JDK's reader fills up what is missing. */
final class BmpReader implements PictureReader {

    private static final int FILE_HEADER = 14;

    @Override
    public Stored read(byte[] file) {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < FILE_HEADER) {
            throw BadPicture.endsTooEarly();
        }
        var header = BmpHeader.of(in.position(FILE_HEADER));
        var start = Integer.toUnsignedLong(in.getInt(10));
        var indexed = header.bits() <= 8;
        if (indexed && (header.colors() < 1 || header.colors() > 65_536)) {
            throw new BadPicture("it has a palette of " + header.colors() + " colours");
        }
        if (indexed && start == FILE_HEADER + header.length()) { // some writers forget the palette
            start += header.entry() * header.colors();
        }
        var palette = new byte[indexed ? (int) Math.min(in.remaining(), header.entry() * header.colors()) : 0];
        in.get(palette);
        if (start > 0) {
            in.position((int) Math.min(start, in.limit()));
        }
        switch (header.compression()) {
            case RAW, BITFIELDS -> {
                return indexed && header.compression() == RAW ? indexed(in, header, palette) : colored(in, header);
            }
            case RLE8, RLE4 -> {
                return run(in, header, palette);
            }
            default -> throw BadPicture.notRead("its compression is of kind " + header.compression());
        }
    }

    private static Stored colored(ByteBuffer in, BmpHeader header) {
        var colors = BmpColors.of(header);
        var size = header.size();
        var bytes = header.bits() / 8;
        requireRows(in, header, header.bits());
        var rgb = new byte[size.pixels() * 3];
        var alpha = colors.alpha() ? new byte[size.pixels()] : new byte[0];
        for (var y = 0; y < size.height(); y++) {
            var start = in.position() + y * header.stride();
            for (var x = 0; x < size.width(); x++) {
                var pixel = header.row(y) * size.width() + x;
                colors.take(in, start + x * bytes, rgb, alpha, pixel);
            }
        }
        return Stored.of(size.width(), size.height(), rgb, colors.alpha() ? Optional.of(alpha) : Optional.empty());
    }

    private static Stored indexed(ByteBuffer in, BmpHeader header, byte[] palette) {
        var size = header.size();
        var grey = isGrey(palette, header);
        // Pillow takes a grey palette for none, and then pixels of the mode's own bits
        var bits = !grey ? header.bits() : header.colors() <= 2 ? 1 : 8;
        if (header.bits() != 1 && header.bits() != 4 && header.bits() != 8) {
            throw new BadPicture("it has pixels of " + header.bits() + " bits");
        }
        if ((size.width() * (long) bits + 7) / 8 > header.stride()) {
            throw new BadPicture(
                    "it has pixels of " + header.bits() + " bits and a palette of grey, as Pillow cannot read");
        }
        requireRows(in, header, bits);
        var indices = new byte[size.pixels()];
        var file = in.array();
        for (var y = 0; y < size.height(); y++) {
            var start = in.position() + y * header.stride();
            for (var x = 0; x < size.width(); x++) {
                var sample = Samples.at(file, start, bits, x);
                indices[header.row(y) * size.width() + x] = (byte) (grey ? Samples.grey(sample, bits) : sample);
            }
        }
        return painted(header, palette, grey, indices);
    }

    private static Stored run(ByteBuffer in, BmpHeader header, byte[] palette) {
        var grey = isGrey(palette, header);
        if (header.bits() != 4 && header.bits() != 8 || grey && header.colors() <= 2) {
            throw new BadPicture("runs of pixels cannot have " + header.bits() + " bits");
        }
        var size = header.size();
        var stored = new BmpRuns(in, size, header.compression() == RLE4).read();
        var indices = new byte[stored.length];
        for (var y = 0; y < size.height(); y++) {
            System.arraycopy(stored, y * size.width(), indices, header.row(y) * size.width(), size.width());
        }
        return painted(header, palette, grey, indices);
    }

    private static Stored painted(BmpHeader header, byte[] palette, boolean grey, byte[] indices) {
        if (!grey && palette.length / header.entry() > 256) {
            throw new BadPicture("its palette has more than 256 colours");
        }
        var colors = grey ? Palette.greys() : Palette.of(palette, header.entry(), 2, 1, 0);
        return colors.paint(header.size(), indices);
    }

    /** Of the last row, the padding can be missing. */
    private static void requireRows(ByteBuffer in, BmpHeader header, int bits) {
        var last = (header.size().width() * (long) bits + 7) / 8;
        if (in.remaining() < (header.size().height() - 1L) * header.stride() + last) {
            throw BadPicture.endsTooEarly();
        }
    }

    /** Whether all colours are what their index is; of two, black and white. */
    private static boolean isGrey(byte[] palette, BmpHeader header) {
        for (var i = 0; i < header.colors(); i++) {
            var at = i * header.entry();
            var grey = new byte[3];
            Arrays.fill(grey, (byte) (header.colors() == 2 ? i * 255 : i));
            if (at + 3 > palette.length || !Arrays.equals(palette, at, at + 3, grey, 0, 3)) {
                return false;
            }
        }
        return true;
    }
}
