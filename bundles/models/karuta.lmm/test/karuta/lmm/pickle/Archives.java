package karuta.lmm.pickle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes files as torch.save does, and as it does not. In a pickle's text each character is a byte. */
final class Archives {

    /** The operations before a dictionary, and the name of its storages' type. */
    static final String START = "\u0080\2";

    static final String FLOATS = "ctorch\nFloatStorage\n";

    private Archives() {}

    /** Puts a number down. */
    static String number(long value) {
        var bytes =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
        return "\u008A\10" + new String(bytes.array(), StandardCharsets.ISO_8859_1);
    }

    /** Puts a text of up to 255 characters down. */
    static String text(String text) {
        return "X" + (char) text.length() + "\0\0\0" + text;
    }

    /** Puts a tuple of numbers down. */
    static String tuple(long... numbers) {
        var tuple = new StringBuilder("(");
        for (var number : numbers) {
            tuple.append(number(number));
        }
        return tuple.append('t').toString();
    }

    /** Puts a storage down, which is called 0. */
    static String storage(String type, long elements) {
        return "(" + text("storage") + type + text("0") + text("cpu") + number(elements) + "tQ";
    }

    /** Puts a tensor down. */
    static String tensor(String storage, long offset, String shape, String strides) {
        return "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + number(offset) + shape + strides
                + "\u0089ccollections\nOrderedDict\n)RtR";
    }

    /** Puts a tensor [2, 3] of 6 numbers down. */
    static String tensor() {
        return tensor(storage(FLOATS, 6), 0, tuple(2, 3), tuple(3, 1));
    }

    /** A whole pickle of a dictionary, out of what puts its keys and values down. */
    static String dictionary(String... items) {
        return START + "}(" + String.join("", items) + "u.";
    }

    /** A whole pickle of one tensor "a" in a storage of 6 numbers. */
    static String view(long offset, String shape, String strides) {
        return dictionary(text("a"), tensor(storage(FLOATS, 6), offset, shape, strides));
    }

    /** What an archive holds: a pickle and the storage 0. */
    static Map<String, byte[]> entries(String pickle, int bytes) {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("archive/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
        entries.put("archive/byteorder", "little".getBytes(StandardCharsets.ISO_8859_1));
        entries.put("archive/data/0", new byte[bytes]);
        return entries;
    }

    static byte[] zip(Map<String, byte[]> entries) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                var described = new ZipEntry(entry.getKey());
                var sum = new CRC32();
                sum.update(entry.getValue());
                described.setMethod(ZipEntry.STORED);
                described.setSize(entry.getValue().length);
                described.setCrc(sum.getValue());
                zip.putNextEntry(described);
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
