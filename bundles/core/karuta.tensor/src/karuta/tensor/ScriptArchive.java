package karuta.tensor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The file that {@code torch.jit.save} would write for a module with the given methods and without any weights. */
final class ScriptArchive {

    private static final String NAME = "Functions";

    /** The constants of the code: an empty tuple. */
    private static final byte[] CONSTANTS = {(byte) 0x80, 2, ')', '.'};

    private ScriptArchive() {}

    static byte[] of(String methods) throws IOException {
        var code = "class " + NAME + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + methods.stripIndent().strip().indent(2);
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "data.pkl", module());
            put(zip, "code/__torch__.py", code.getBytes(UTF_8));
            put(zip, "constants.pkl", CONSTANTS);
            put(zip, "version", "10\n".getBytes(US_ASCII));
        }
        return bytes.toByteArray();
    }

    /**
     * The module object in the pickle format, protocol 2: an instance of the class whose only attribute is training =
     * true.
     */
    private static byte[] module() {
        var pickle = new ByteArrayOutputStream();
        pickle.writeBytes(new byte[] {(byte) 0x80, 2}); // PROTO 2
        pickle.writeBytes(("c__torch__\n" + NAME + "\n").getBytes(US_ASCII)); // GLOBAL
        pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '('}); // EMPTY_TUPLE NEWOBJ EMPTY_DICT MARK
        var key = "training".getBytes(US_ASCII);
        pickle.writeBytes(new byte[] {'X', (byte) key.length, 0, 0, 0}); // BINUNICODE
        pickle.writeBytes(key);
        pickle.writeBytes(new byte[] {(byte) 0x88, 'u', 'b', '.'}); // NEWTRUE SETITEMS BUILD STOP
        return pickle.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var entry = new ZipEntry("module/" + name);
        var crc = new CRC32();
        crc.update(content);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
