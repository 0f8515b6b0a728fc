package karuta.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The compressed pixels of a PNG file, which lie in one chunk or several that follow one another. */
final class PngData {

    /** Pillow hands over that much at a time, and an error behind the last pixel shows only in the same piece. */
    private static final int PIECE = 65_536;

    private final ByteBuffer file;
    private int left;

    /**
     * @param file stands behind the first chunk's name
     * @param chunk where that chunk begins
     */
    PngData(ByteBuffer file, int chunk) {
        this.file = file;
        left = length(file, chunk);
    }

    static int length(ByteBuffer file, int chunk) {
        var length = file.getInt(chunk);
        return length < 0 ? Integer.MAX_VALUE : length;
    }

    /** Four letters, digits or underscores. */
    static Optional<String> name(byte[] bytes) {
        var name = new String(bytes, StandardCharsets.ISO_8859_1);
        return Optional.of(name).filter(n -> n.matches("[A-Za-z0-9_]{4}"));
    }

    /** How much compressed data there can be at most. */
    long most() {
        return file.remaining();
    }

    /** @throws BadPicture if there is no more */
    byte[] next() {
        while (left == 0) {
            file.getInt(); // the checksum, which Pillow does not look at here
            left = file.getInt();
            var name = new byte[4];
            file.get(name);
            if (left < 0 || !name(name).equals(Optional.of("IDAT"))) {
                throw BadPicture.endsTooEarly();
            }
        }
        var piece = new byte[Math.min(Math.min(left, PIECE), file.remaining())];
        if (piece.length == 0) {
            throw BadPicture.endsTooEarly();
        }
        file.get(piece);
        left -= piece.length;
        return piece;
    }

    /** The file behind the chunk that was read last; it begins with that chunk's checksum. */
    ByteBuffer after() {
        return file.position(Math.min(file.limit(), (int) Math.min(Integer.MAX_VALUE, (long) file.position() + left)));
    }
}
