package karuta.lmm.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;

/** Reads an entry of a zip archive and sums it up, since Java does not compare an entry that is stored with its CRC-32. */
final class CheckedEntry extends CheckedInputStream {

    private static final int CHUNK = 1 << 16;

    private final ZipEntry entry;

    CheckedEntry(ZipEntry entry, InputStream content) {
        super(content, new CRC32());
        this.entry = entry;
    }

    /**
     * Reads what is left of it.
     *
     * @throws PickleException if the entry is not what was put into the archive
     */
    void requireWhole() throws PickleException {
        try {
            var rest = new byte[CHUNK];
            while (read(rest, 0, CHUNK) >= 0) {
                continue; // it counts for the sum
            }
        } catch (IOException e) {
            throw PickleException.broken(
                    "its entry " + PickleException.shown(entry.getName()) + " cannot be read (" + e.getMessage() + ")");
        }
        var found = getChecksum().getValue();
        if (found != entry.getCrc()) {
            throw PickleException.broken("its entry %s is damaged (its CRC-32 is %08x instead of %08x)"
                    .formatted(PickleException.shown(entry.getName()), found, entry.getCrc()));
        }
    }
}
