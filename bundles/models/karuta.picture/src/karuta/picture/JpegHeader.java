package karuta.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * What stands in a JPEG file (ITU T.81, annex B) before its pixels: the size, the channels, what their colours are, and
 * the camera's notes.
 */
final class JpegHeader {

    /** How a channel is sampled: its number, and samples across and down a unit. */
    record Component(int id, int across, int down) {}

    /** What the channels are, as libjpeg finds out. */
    enum Colors {
        GREY,
        YCC,
        RGB,
        CMYK,
        YCCK
    }

    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};
    private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final byte[] XMP = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII);
    private static final List<Integer> LETTERS = List.of((int) 'R', (int) 'G', (int) 'B');
    private static final int ADOBE_LENGTH = 12;
    private static final int JFIF_LENGTH = 14;

    /** The segments up to the first scan, without notes and comments. */
    private final ByteArrayOutputStream needed = new ByteArrayOutputStream();

    private final List<Component> components = new ArrayList<>();
    private Optional<Size> size = Optional.empty();
    private boolean progressive;
    private boolean jfif;
    private Optional<Integer> adobe = Optional.empty();
    private Optional<byte[]> exif = Optional.empty();
    private Optional<byte[]> xmp = Optional.empty();

    /**
     * Reads it.
     *
     * @param in stands before the file's first segment, and then before its first scan
     */
    static JpegHeader of(ByteBuffer in) {
        var header = new JpegHeader();
        while (true) {
            var marker = JpegMarker.next(in);
            if (marker == JpegMarker.END) {
                throw new BadPicture("it holds no picture");
            }
            if (marker == JpegMarker.SCAN) {
                in.position(in.position() - 2);
                header.size();
                return header;
            }
            if (!JpegMarker.isFrame(marker) && !JpegMarker.mayFollow(marker)) {
                throw new BadPicture("a part of it is of no known kind");
            }
            if (JpegMarker.hasContent(marker)) {
                header.take(marker, JpegMarker.content(in));
            }
        }
    }

    private void take(int marker, byte[] content) {
        if (JpegMarker.isNote(marker)) {
            note(marker, content);
            return;
        }
        if (JpegMarker.isFrame(marker)) {
            frame(marker, content);
        }
        write(needed, marker, content);
    }

    private static void write(ByteArrayOutputStream out, int marker, byte[] content) {
        out.write(0xFF);
        out.write(marker);
        out.write(content.length + 2 >> 8);
        out.write(content.length + 2);
        out.writeBytes(content);
    }

    private static byte[] table(int id, JPEGHuffmanTable table) {
        var out = ByteBuffer.allocate(1 + 16 + table.getValues().length).put((byte) id);
        for (var i = 0; i < 16; i++) {
            out.put((byte) (i < table.getLengths().length ? table.getLengths()[i] : 0));
        }
        for (var value : table.getValues()) {
            out.put((byte) value);
        }
        return out.array();
    }

    private void frame(int marker, byte[] content) {
        if (size.isPresent()) {
            throw new BadPicture("it has two headers");
        }
        if (!JpegMarker.isRead(marker)) {
            throw BadPicture.notRead("it is JPEG of a rare kind (arithmetic, lossless or hierarchical coding)");
        }
        var in = ByteBuffer.wrap(content);
        if (in.get() != 8) {
            throw new BadPicture("its samples have " + content[0] + " bits, not 8");
        }
        var height = in.getShort() & 0xFFFF;
        size = Optional.of(Size.of(in.getShort() & 0xFFFF, height));
        progressive = JpegMarker.isProgressive(marker);
        var count = in.get() & 0xFF;
        if (count != 1 && count != 3 && count != 4) {
            throw new BadPicture("it has " + count + " channels");
        }
        for (var i = 0; i < count; i++) {
            var id = in.get() & 0xFF;
            var sampling = in.get() & 0xFF;
            components.add(new Component(id, sampling >> 4, sampling & 15));
            in.get();
        }
    }

    private void note(int marker, byte[] content) {
        switch (marker) {
            case JpegMarker.NOTE -> jfif |= content.length >= JFIF_LENGTH && starts(content, JFIF);
            case JpegMarker.NOTE + 1 -> {
                if (starts(content, EXIF)) {
                    exif = Optional.of(
                            exif.map(before -> joined(before, content)).orElse(content));
                } else if (starts(content, XMP)) {
                    xmp = Optional.of(Arrays.copyOfRange(content, XMP.length, content.length));
                }
            }
            case JpegMarker.NOTE + 14 -> {
                if (content.length >= ADOBE_LENGTH && starts(content, ADOBE)) {
                    adobe = Optional.of(content[ADOBE_LENGTH - 1] & 0xFF);
                }
            }
            default -> {}
        }
    }

    /** Notes of more than 64 kB go on in the next segment, behind its name. */
    private static byte[] joined(byte[] before, byte[] content) {
        var all = Arrays.copyOf(before, before.length + content.length - EXIF.length);
        System.arraycopy(content, EXIF.length, all, before.length, content.length - EXIF.length);
        return all;
    }

    private static boolean starts(byte[] content, byte[] with) {
        return content.length >= with.length && Arrays.equals(content, 0, with.length, with, 0, with.length);
    }

    Size size() {
        return size.orElseThrow(() -> new BadPicture("it has no header"));
    }

    List<Component> components() {
        return components;
    }

    boolean progressive() {
        return progressive;
    }

    Orientation orientation() {
        return Exif.orientation(exif, xmp);
    }

    /** JFIF wins over Adobe's note, that over the channels' numbers. */
    Colors colors() {
        return switch (components.size()) {
            case 1 -> Colors.GREY;
            case 3 -> {
                var letters = components.stream().map(Component::id).toList().equals(LETTERS);
                var rgb = !jfif && (adobe.isPresent() ? adobe.get() == 0 : letters);
                yield rgb ? Colors.RGB : Colors.YCC;
            }
            default -> adobe.orElse(0) == 0 ? Colors.CMYK : Colors.YCCK;
        };
    }

    /**
     * The file without notes, so that no reader can be led by one: profiles, and what the colours should be. It begins
     * with the usual tables (annex K), which frames of videos leave out; the file's own replace them.
     */
    byte[] bare(ByteBuffer scans) {
        var bare = new ByteArrayOutputStream();
        bare.write(0xFF);
        bare.write(JpegMarker.START);
        if (!progressive) { // libjpeg-turbo, too, has them for sequential files alone
            write(bare, JpegMarker.TABLES, table(0x00, JPEGHuffmanTable.StdDCLuminance));
            write(bare, JpegMarker.TABLES, table(0x01, JPEGHuffmanTable.StdDCChrominance));
            write(bare, JpegMarker.TABLES, table(0x10, JPEGHuffmanTable.StdACLuminance));
            write(bare, JpegMarker.TABLES, table(0x11, JPEGHuffmanTable.StdACChrominance));
        }
        bare.writeBytes(needed.toByteArray());
        bare.write(scans.array(), scans.position(), scans.remaining());
        return bare.toByteArray();
    }
}
