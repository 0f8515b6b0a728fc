package karuta.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The camera's notes, of which only the orientation is read: EXIF (CIPA DC-008), or XMP where EXIF does not say it. JPEG,
 * PNG and WebP files can hold either.
 */
final class Exif {

    private static final byte[] NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern IN_XMP = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");
    private static final int ORIENTATION = 274;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private Exif() {}

    /** The orientation; upright where there is no readable note of it. */
    static Orientation orientation(Optional<byte[]> exif, Optional<byte[]> xmp) {
        return exif.flatMap(Exif::ofExif).or(() -> xmp.flatMap(Exif::ofXmp)).orElse(Orientation.UPRIGHT);
    }

    private static Optional<Orientation> ofXmp(byte[] xmp) {
        var found = IN_XMP.matcher(new String(xmp, StandardCharsets.ISO_8859_1));
        return found.find() ? Optional.of(Orientation.of(Integer.parseInt(found.group(1)))) : Optional.empty();
    }

    private static Optional<Orientation> ofExif(byte[] notes) {
        var from = 0;
        while (from <= NAME.length
                && Arrays.equals(notes, from, Math.min(notes.length, from + NAME.length), NAME, 0, NAME.length)) {
            from += NAME.length;
        }
        return ofDirectory(ByteBuffer.wrap(notes, from, notes.length - from).slice());
    }

    /** The notes are a TIFF file: a header, and a directory of entries of 12 bytes. */
    private static Optional<Orientation> ofDirectory(ByteBuffer tiff) {
        var found = Optional.<Orientation>empty();
        try {
            tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            var directory = tiff.getInt(4);
            var entries = tiff.getShort(directory) & 0xFFFF;
            for (var i = 0; i < entries; i++) {
                var entry = directory + 2 + 12 * i;
                var type = tiff.getShort(entry + 2);
                if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION && tiff.getInt(entry + 4) == 1) {
                    if (type == SHORT) {
                        found = Optional.of(Orientation.of(tiff.getShort(entry + 8)));
                    } else if (type == LONG) {
                        found = Optional.of(Orientation.of(tiff.getInt(entry + 8)));
                    }
                }
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return found; // cut off: what was there counts
        }
        return found;
    }
}
