package karuta.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What a PNG file says beside its pixels. Notes that Pillow stumbles over are refused here, too. */
final class PngNotes {

    /** So much a compressed note may become, and so much all together. */
    private static final int MAX_NOTE = 1 << 20;

    private static final long MAX_NOTES = 64L * MAX_NOTE;
    private static final byte[] XMP = "XML:com.adobe.xmp".getBytes(StandardCharsets.ISO_8859_1);

    private Optional<Size> size = Optional.empty();
    private Optional<PngFormat> format = Optional.empty();
    private boolean interlaced;
    private boolean animated;
    private Optional<Palette> palette = Optional.empty();
    private Optional<byte[]> transparency = Optional.empty();
    private Optional<byte[]> exif = Optional.empty();
    private Optional<byte[]> xmp = Optional.empty();
    private long notes;

    /** Takes a chunk. */
    void take(String type, byte[] content) {
        switch (type) {
            case "IHDR" -> header(content);
            case "PLTE" -> {
                if (content.length > 3 * 256 + 2) {
                    throw new BadPicture("its palette has more than 256 colours");
                }
                palette = Optional.of(Palette.of(content, 3, 0, 1, 2));
            }
            case "tRNS" -> transparency(content);
            case "eXIf" -> exif = Optional.of(content);
            case "iCCP", "zTXt" -> compressed(type, content);
            case "iTXt" -> international(content);
            case "gAMA" -> require(type, content, 4);
            case "cHRM" -> require(type, content, 32);
            case "sRGB" -> require(type, content, 1);
            case "pHYs" -> require(type, content, 9);
            case "acTL" -> {
                require(type, content, 8);
                animated = true;
            }
            case "fcTL" -> frame(content);
            default -> {}
        }
    }

    /** Whether a chunk is the beginning of an animation's second frame. */
    boolean startsFrame(String type) {
        return animated && type.equals("fcTL");
    }

    Size size() {
        return size.orElseThrow(() -> new BadPicture("it has no header"));
    }

    PngFormat format() {
        return format.orElseThrow();
    }

    boolean interlaced() {
        return interlaced;
    }

    Palette palette() {
        if (palette.isEmpty() && format().kind() == PngFormat.PALETTE && transparency.isPresent()) {
            throw new BadPicture("it has transparent colours, but no palette");
        }
        return palette.orElse(Palette.black());
    }

    /** Alpha values of the palette, or the transparent colour. */
    Optional<byte[]> transparency() {
        return transparency;
    }

    Optional<byte[]> exif() {
        return exif;
    }

    Optional<byte[]> xmp() {
        return xmp;
    }

    private void header(byte[] content) {
        require("IHDR", content, 13);
        var in = ByteBuffer.wrap(content);
        size = Optional.of(Size.of(Integer.toUnsignedLong(in.getInt()), Integer.toUnsignedLong(in.getInt())));
        format = Optional.of(new PngFormat(content[8], content[9]));
        interlaced = content[12] != 0;
        if (content[11] != 0) {
            throw new BadPicture("its rows are filtered in a way that PNG does not have");
        }
    }

    private void transparency(byte[] content) {
        size();
        switch (format().kind()) {
            case PngFormat.PALETTE -> {
                if (content.length > 256) {
                    throw new BadPicture("its palette has more than 256 alpha values");
                }
                transparency = Optional.of(content);
            }
            case PngFormat.GREY -> {
                require("tRNS", content, 2);
                transparency = Optional.of(content);
            }
            case PngFormat.RGB -> {
                if (format().bits() == 8 || format().bits() == 16) {
                    require("tRNS", content, 6);
                    transparency = Optional.of(content);
                }
            }
            default -> {}
        }
    }

    /** The control of an animation's first frame, which must be as large as the picture. */
    private void frame(byte[] content) {
        require("fcTL", content, 26);
        var in = ByteBuffer.wrap(content);
        if (in.getInt(0) != 0
                || in.getInt(4) != size().width()
                || in.getInt(8) != size().height()
                || in.getLong(12) != 0) {
            throw BadPicture.notRead("it is an animation whose first frame is not the whole picture");
        }
    }

    private void compressed(String type, byte[] content) {
        var name = indexOf(content, 0);
        var method = name + 1;
        if (type.equals("zTXt") && (name == content.length || method == content.length)) {
            return;
        }
        var at = name == content.length ? 0 : method; // Pillow, too, looks at the first byte where there is no name
        if (at >= content.length || content[at] != 0) {
            throw new BadPicture("its chunk " + type + " is compressed in a way that PNG does not have");
        }
        count(inflate(type, content, at + 1).length);
    }

    private void international(byte[] content) {
        var key = indexOf(content, 0);
        if (content.length - key < 3) {
            return;
        }
        var language = indexOf(content, key + 3);
        var translated = indexOf(content, language + 1);
        if (translated >= content.length || content[key + 1] != 0 && content[key + 2] != 0) {
            return;
        }
        var text = content[key + 1] == 0
                ? Arrays.copyOfRange(content, translated + 1, content.length)
                : inflate("iTXt", content, translated + 1);
        count(text.length);
        if (Arrays.equals(Arrays.copyOf(content, key), XMP)) {
            xmp = Optional.of(text);
        }
    }

    private static int indexOf(byte[] content, int from) {
        var at = from;
        while (at < content.length && content[at] != 0) {
            at++;
        }
        return at;
    }

    /** As far as it goes: what is broken in a note is no fault of the picture. */
    private static byte[] inflate(String type, byte[] content, int from) {
        var inflater = new Inflater();
        try {
            inflater.setInput(content, from, content.length - from);
            var out = new byte[MAX_NOTE];
            var length = 0;
            var more = 1;
            while (length < MAX_NOTE && more > 0) {
                more = inflater.inflate(out, length, MAX_NOTE - length);
                length += more;
            }
            if (length == MAX_NOTE && inflater.getRemaining() > 0) {
                throw new BadPicture("its chunk " + type + " becomes larger than a megabyte");
            }
            return Arrays.copyOf(out, length);
        } catch (DataFormatException e) {
            return new byte[0];
        } finally {
            inflater.end();
        }
    }

    private void count(int length) {
        notes += length;
        if (notes > MAX_NOTES) {
            throw new BadPicture("its notes are larger than 64 megabytes");
        }
    }

    private static void require(String type, byte[] content, int length) {
        if (content.length < length) {
            throw new BadPicture("its chunk " + type + " is too short");
        }
    }
}
