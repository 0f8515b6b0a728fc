package karuta.picture;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/** The camera's notes in a JPEG file (CIPA DC-008), of which only the orientation is read. */
final class Exif {

    private static final int START = 0xFFD8;
    private static final int NOTES = 0xFFE1;
    private static final int SCAN = 0xFFDA;
    private static final byte[] NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int ORIENTATION = 274;
    private static final int SHORT = 3;

    private Exif() {}

    /** The orientation; upright where the file is no JPEG, or has no readable note of it. */
    static Orientation orientation(ImageInputStream in) throws IOException {
        return notes(in).map(Exif::orientation).orElse(Orientation.UPRIGHT);
    }

    /** Walks over the segments before the picture itself. */
    private static Optional<byte[]> notes(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.BIG_ENDIAN);
        if (in.length() < 4 || in.readUnsignedShort() != START) {
            return Optional.empty();
        }
        while (in.getStreamPosition() + 4 <= in.length()) {
            var marker = in.readUnsignedShort();
            var length = in.readUnsignedShort() - 2;
            if (marker < 0xFF00 || marker == SCAN || length < 0 || in.getStreamPosition() + length > in.length()) {
                return Optional.empty();
            }
            var content = new byte[length];
            in.readFully(content);
            if (marker == NOTES && content.length > NAME.length && Arrays.mismatch(content, NAME) == NAME.length) {
                return Optional.of(content);
            }
        }
        return Optional.empty();
    }

    /** The notes are a TIFF file: a header, and a directory of entries of 12 bytes. */
    private static Orientation orientation(byte[] notes) {
        var tiff =
                ByteBuffer.wrap(notes, NAME.length, notes.length - NAME.length).slice();
        try {
            tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            var directory = tiff.getInt(4);
            var entries = tiff.getShort(directory) & 0xFFFF;
            for (var i = 0; i < entries; i++) {
                var entry = directory + 2 + 12 * i;
                if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION && tiff.getShort(entry + 2) == SHORT) {
                    return Orientation.of(tiff.getShort(entry + 8));
                }
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return Orientation.UPRIGHT; // cut off: as if there were none
        }
        return Orientation.UPRIGHT;
    }
}
