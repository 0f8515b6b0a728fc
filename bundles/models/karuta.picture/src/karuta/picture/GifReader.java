package karuta.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * GIF (87a, 89a): the first frame on the screen, as Pillow shows it. What the frame does not cover has the transparent
 * colour, or the first one. The JDK's reader takes damaged streams for whole ones, and leaves the screen out.
 */
final class GifReader implements PictureReader {

    private static final int HEADER = 6;
    private static final int TABLE = 0x80;
    private static final int INTERLACED = 0x40;
    private static final int CONTROL = 249;

    /** First row and step of the four passes (appendix E). */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private static final int[][] ALL = {{0, 1}};

    @Override
    public Stored read(byte[] file) {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
        var size = Size.of(in.getShort() & 0xFFFF, in.getShort() & 0xFFFF);
        var flags = in.get();
        in.getShort();
        var palette = palette(in, flags).orElse(Palette.greys());
        var transparent = Optional.<Integer>empty();
        while (true) {
            switch (in.get()) {
                case ',' -> {
                    return frame(in, size, palette, transparent);
                }
                case '!' -> {
                    var found = extension(in);
                    transparent = found.isPresent() ? found : transparent;
                }
                case ';' -> throw new BadPicture("it holds no picture");
                default -> {} // Pillow goes over whatever else there is
            }
        }
    }

    private static Optional<Palette> palette(ByteBuffer in, byte flags) {
        if ((flags & TABLE) == 0) {
            return Optional.empty();
        }
        var entries = new byte[3 << (flags & 7) + 1];
        in.get(entries);
        var given = Palette.of(entries, 3, 0, 1, 2);
        // a palette that is grey in order counts as none, and so its missing colours are grey, not black
        var grey = Arrays.equals(entries, Arrays.copyOf(Palette.greys().rgb(), entries.length));
        return Optional.of(grey ? Palette.greys() : given);
    }

    /** Goes over an extension; its transparent colour, if it has one. */
    private static Optional<Integer> extension(ByteBuffer in) {
        var control = (in.get() & 0xFF) == CONTROL;
        var block = block(in);
        var transparent = Optional.<Integer>empty();
        if (control && block.length > 0) {
            if (block.length < 3 || (block[0] & 1) != 0 && block.length < 4) {
                throw new BadPicture("an extension of it is too short");
            }
            transparent = (block[0] & 1) != 0 ? Optional.of(block[3] & 0xFF) : transparent;
        }
        while (block.length > 0) {
            block = block(in);
        }
        return transparent;
    }

    private static byte[] block(ByteBuffer in) {
        var block = new byte[in.get() & 0xFF];
        in.get(block);
        return block;
    }

    private static Stored frame(ByteBuffer in, Size size, Palette global, Optional<Integer> transparent) {
        var left = in.getShort() & 0xFFFF;
        var top = in.getShort() & 0xFFFF;
        var frame = Size.of(in.getShort() & 0xFFFF, in.getShort() & 0xFFFF);
        if (left + frame.width() > size.width() || top + frame.height() > size.height()) {
            throw new BadPicture("its first frame (" + frame.width() + " x " + frame.height() + " at " + left + ", "
                    + top + ") reaches out of its screen (" + size.width() + " x " + size.height() + ")");
        }
        var flags = in.get();
        var palette = palette(in, flags).orElse(global);
        var codes = new GifCodes(in, frame.pixels());
        var indices = new byte[size.pixels()];
        transparent.ifPresent(index -> Arrays.fill(indices, (byte) (int) index));
        for (var pass : (flags & INTERLACED) != 0 ? PASSES : ALL) {
            for (var y = pass[0]; y < frame.height(); y += pass[1]) {
                codes.read(indices, (top + y) * size.width() + left, frame.width());
            }
        }
        return transparent.map(palette::without).orElse(palette).paint(size, indices);
    }
}
