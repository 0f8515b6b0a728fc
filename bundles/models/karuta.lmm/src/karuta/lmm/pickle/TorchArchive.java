package karuta.lmm.pickle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import karuta.lmm.pickle.TorchTensor.Storage;
import karuta.safetensors.FirstBytes;

/** The zip archive that {@code torch.save} writes: {@code data.pkl} and one entry per storage, none compressed. */
final class TorchArchive implements AutoCloseable {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte OLD_PICKLE = (byte) 0x80;
    private static final String PICKLE = "data.pkl";
    private static final int MAX_PICKLE = 8 << 20;

    private final ZipFile zip;
    private final Map<String, ZipEntry> entries;
    private final String root;

    private TorchArchive(ZipFile zip, Map<String, ZipEntry> entries, String root) {
        this.zip = zip;
        this.entries = entries;
        this.root = root;
    }

    static TorchArchive open(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            var start = in.readNBytes(ZIP.length);
            if (!Arrays.equals(ZIP, start)) {
                if (start.length > 0 && start[0] != OLD_PICKLE) {
                    FirstBytes.explain(path).ifPresent(other -> {
                        throw other;
                    });
                }
                throw PickleException.old("it is no zip archive, which torch.save writes since PyTorch 1.6");
            }
        }
        try {
            var zip = new ZipFile(path.toFile());
            try {
                return of(zip, Files.size(path));
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw PickleException.broken("it is no whole zip archive (" + e.getMessage() + ")");
        }
    }

    private static TorchArchive of(ZipFile zip, long size) throws IOException {
        var entries = new HashMap<String, ZipEntry>();
        var pickle = Optional.<String>empty();
        for (var entry : zip.stream().toList()) {
            var name = entry.getName();
            if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
                throw PickleException.foreign(
                        "its entry " + PickleException.shown(name) + " is compressed, which torch.save never does");
            }
            if (entry.getSize() < 0 || entry.getSize() > size || entries.put(name, entry) != null) {
                throw PickleException.broken("its entry " + PickleException.shown(name)
                        + " is there twice, or has more bytes than the file");
            }
            if (name.equals(PICKLE) || name.endsWith("/" + PICKLE)) {
                if (pickle.isPresent()) {
                    throw PickleException.broken("it has several files " + PICKLE);
                }
                pickle = Optional.of(name);
            }
        }
        var name = pickle.orElseThrow(() -> PickleException.foreign("it has no file " + PICKLE));
        var archive = new TorchArchive(zip, entries, name.substring(0, name.length() - PICKLE.length()));
        archive.requireLittleEndian();
        return archive;
    }

    /** The entry is missing in files of older versions, which knew this order alone. */
    private void requireLittleEndian() throws IOException {
        var order = Optional.ofNullable(entries.get(root + "byteorder"));
        if (order.isPresent() && !new String(read(order.get(), 16), StandardCharsets.US_ASCII).equals("little")) {
            throw PickleException.foreign("its numbers are not little-endian");
        }
    }

    byte[] pickle() throws IOException {
        return read(entries.get(root + PICKLE), MAX_PICKLE);
    }

    private byte[] read(ZipEntry entry, int limit) throws IOException {
        if (entry.getSize() > limit) {
            throw PickleException.foreign("its entry " + PickleException.shown(entry.getName()) + " has "
                    + entry.getSize() + " bytes; up to " + limit + " are read");
        }
        try (var in = new CheckedEntry(entry, zip.getInputStream(entry))) {
            var bytes = in.readNBytes(limit);
            in.requireWhole();
            return bytes;
        } catch (PickleException damaged) {
            throw damaged;
        } catch (IOException e) {
            throw unreadable(entry, e);
        }
    }

    private static PickleException unreadable(ZipEntry entry, IOException e) {
        return PickleException.broken(
                "its entry " + PickleException.shown(entry.getName()) + " cannot be read (" + e.getMessage() + ")");
    }

    /**
     * Checks that a storage is there with as many bytes as its description says.
     *
     * @throws PickleException if it is not
     */
    void require(Storage storage) throws PickleException {
        var entry = entry(storage);
        var width = storage.dtype().bytes();
        if (storage.elements() > Long.MAX_VALUE / width || entry.getSize() != storage.elements() * width) {
            throw PickleException.broken("storage " + PickleException.shown(storage.key()) + " has " + entry.getSize()
                    + " bytes instead of " + storage.elements() + " elements of " + width);
        }
    }

    /** The bytes of a storage. */
    CheckedEntry stream(Storage storage) throws PickleException {
        var entry = entry(storage);
        try {
            return new CheckedEntry(entry, zip.getInputStream(entry));
        } catch (IOException e) {
            throw unreadable(entry, e);
        }
    }

    private ZipEntry entry(Storage storage) throws PickleException {
        return Optional.ofNullable(entries.get(root + "data/" + storage.key()))
                .orElseThrow(() ->
                        PickleException.broken("storage " + PickleException.shown(storage.key()) + " is missing"));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
