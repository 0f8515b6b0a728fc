package karuta.picture;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * PNG (W3C Recommendation, third edition), with Pillow's leniency: checksums count up to the pixels and not in them, and
 * what comes after the pixels may be cut off. The JDK's reader checks no sum at all and fills up what is missing.
 */
final class PngReader implements PictureReader {

    private static final int SIGNATURE = 8;

    @Override
    public Stored read(byte[] file) {
        var in = ByteBuffer.wrap(file).position(SIGNATURE);
        var notes = new PngNotes();
        var type = type(in);
        while (!type.equals("IDAT")) {
            if (type.equals("fdAT")) {
                throw BadPicture.notRead("it is an animation without a picture of its own");
            }
            if (type.equals("IEND")) {
                throw new BadPicture("it holds no picture");
            }
            notes.take(type, content(in, type));
            type = type(in);
        }
        var size = notes.size();
        var rows = new PngRows(new PngData(in, in.position() - 8), size, notes.format(), notes.interlaced());
        var pixels = new PngPixels(size, notes.format());
        rows.decode(pixels);
        takeRest(rows.after(), notes);
        return pixels.picture(notes.palette(), notes.transparency()).noted(Exif.orientation(notes.exif(), notes.xmp()));
    }

    /** The name of the next chunk. The buffer then stands behind it; its length stands 8 bytes before. */
    private static String type(ByteBuffer in) {
        in.getInt();
        var name = new byte[4];
        in.get(name);
        return PngData.name(name).orElseThrow(() -> new BadPicture("a chunk of it has no name"));
    }

    private static byte[] content(ByteBuffer in, String type) {
        var length = PngData.length(in, in.position() - 8);
        if (length > in.remaining() - 4) {
            throw BadPicture.endsTooEarly();
        }
        var content = new byte[length];
        var sum = new CRC32();
        sum.update(in.duplicate().position(in.position() - 4).limit(in.position() + length));
        in.get(content);
        if (in.getInt() != (int) sum.getValue()) {
            throw new BadPicture("the checksum of its chunk " + type + " is wrong");
        }
        return content;
    }

    /** Notes after the pixels: without checksums, and as far as they go. */
    private static void takeRest(ByteBuffer in, PngNotes notes) {
        while (in.remaining() >= 12) {
            var length = PngData.length(in, in.position() + 4);
            in.position(in.position() + 8);
            var name = new byte[4];
            in.get(name);
            var type = PngData.name(name);
            if (type.isEmpty() || type.equals(Optional.of("IEND")) || notes.startsFrame(type.get())) {
                return;
            }
            if (length > in.remaining()) {
                throw BadPicture.endsTooEarly();
            }
            var content = new byte[length];
            in.get(content);
            if (!type.get().equals("IDAT") && !type.get().equals("fdAT")) {
                notes.take(type.get(), content);
            }
        }
    }
}
