package karuta.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The first directory of a TIFF file (TIFF 6.0, section 2): its whole numbers by tag. */
final class TiffDirectory {

    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int FILL_ORDER = 266;
    static final int STRIP_OFFSETS = 273;
    static final int ORIENTATION = 274;
    static final int SAMPLES = 277;
    static final int ROWS = 278;
    static final int STRIP_LENGTHS = 279;
    static final int PLANES = 284;
    static final int PREDICTOR = 317;
    static final int COLORS = 320;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_LENGTHS = 325;
    static final int EXTRA = 338;
    static final int FORMAT = 339;
    static final int XMP = 700;

    private static final int ENTRY = 12;
    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int UNDEFINED = 7;

    private final ByteBuffer file;
    /** Where in the file a tag's entry is. */
    private final Map<Integer, Integer> entries = new HashMap<>();

    private TiffDirectory(ByteBuffer file) {
        this.file = file;
    }

    static TiffDirectory of(byte[] file) {
        var in = ByteBuffer.wrap(file);
        in.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        var directory = new TiffDirectory(in);
        var start = file.length < 8 ? 0 : in.getInt(4);
        if (start < 8 || start > file.length - 2) {
            throw BadPicture.endsTooEarly();
        }
        var count = in.getShort(start) & 0xFFFF;
        for (var i = 0; i < count; i++) {
            var entry = start + 2 + ENTRY * i;
            if (entry > file.length - ENTRY) {
                throw BadPicture.endsTooEarly();
            }
            var tag = in.getShort(entry) & 0xFFFF;
            if (directory.entries.put(tag, entry) != null) {
                throw new BadPicture("its tag " + tag + " is there twice");
            }
        }
        return directory;
    }

    ByteBuffer file() {
        return file;
    }

    boolean littleEndian() {
        return file.order() == ByteOrder.LITTLE_ENDIAN;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** A single number. */
    long number(int tag, long otherwise) {
        var values = values(tag);
        if (values.length > 1) {
            throw new BadPicture("its tag " + tag + " has " + values.length + " values");
        }
        return values.length == 0 ? otherwise : values[0];
    }

    /** All numbers of a tag, which must be of 16 or 32 bits; none if it is not there. */
    long[] values(int tag) {
        if (!has(tag)) {
            return new long[0];
        }
        var bytes = switch (type(tag)) {
            case SHORT -> 2;
            case LONG -> 4;
            default -> throw new BadPicture("its tag " + tag + " is no whole number");
        };
        var content = content(tag, bytes);
        var values = new long[content.remaining() / bytes];
        for (var i = 0; i < values.length; i++) {
            values[i] = bytes == 2 ? content.getShort() & 0xFFFF : Integer.toUnsignedLong(content.getInt());
        }
        return values;
    }

    /** Bytes of a tag. */
    Optional<byte[]> bytes(int tag) {
        if (!has(tag) || type(tag) != BYTE && type(tag) != UNDEFINED) {
            return Optional.empty();
        }
        var content = content(tag, 1);
        var bytes = new byte[content.remaining()];
        content.get(bytes);
        return Optional.of(bytes);
    }

    private int type(int tag) {
        return file.getShort(entries.get(tag) + 2);
    }

    private ByteBuffer content(int tag, int bytes) {
        var entry = entries.get(tag);
        var length = Integer.toUnsignedLong(file.getInt(entry + 4)) * bytes;
        var at = length <= 4 ? entry + 8 : file.getInt(entry + 8);
        if (at < 0 || at > file.limit() - length) {
            throw BadPicture.endsTooEarly();
        }
        return file.slice(at, (int) length).order(file.order());
    }
}
