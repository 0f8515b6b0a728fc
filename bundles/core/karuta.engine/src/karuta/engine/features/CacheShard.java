package karuta.engine.features;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import karuta.files.Access;
import karuta.files.WholeFile;

/**
 * A file of entries that is written once, whole, and never changed.
 *
 * <p>Layout, big endian: eight bytes of magic; then for each entry its length (int), a checksum of what follows
 * (CRC-32C, int), its key (64 ASCII characters) and the entry.
 */
final class CacheShard implements AutoCloseable {

    private static final byte[] MAGIC = "KFEAT-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY = 64;

    /** How the names of such files end. */
    static final String ENDING = ".features";

    private record Place(long offset, int length, int checksum) {}

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Place> places = new HashMap<>();

    private CacheShard(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    /**
     * Opens a file and reads where its entries lie.
     *
     * @throws IOException if it cannot be read or is damaged
     */
    static CacheShard open(Path file) throws IOException {
        var shard = new CacheShard(file);
        try {
            shard.index();
            return shard;
        } catch (IOException damaged) {
            shard.close();
            throw damaged;
        }
    }

    private void index() throws IOException {
        if (!ByteBuffer.wrap(MAGIC).equals(read(0, MAGIC.length))) {
            throw new IOException(file + " is no file of features");
        }
        var at = (long) MAGIC.length;
        while (at < channel.size()) {
            var head = read(at, 2 * Integer.BYTES + KEY);
            var length = head.getInt();
            var checksum = head.getInt();
            if (length < KEY || at + 2 * Integer.BYTES + length > channel.size()) {
                throw new IOException(file + " is truncated or damaged");
            }
            places.put(
                    StandardCharsets.US_ASCII.decode(head).toString(),
                    new Place(at + 2 * Integer.BYTES, length, checksum));
            at += 2 * Integer.BYTES + length;
        }
    }

    /** Writes a file of entries under a name that is free, and opens it. */
    static CacheShard write(Path folder, Map<String, CacheEntry> entries) throws IOException {
        var name = Hash.of(entries.keySet().toArray(String[]::new)).hex().substring(0, 16) + ENDING;
        var file = WholeFile.ofOwner(Access.PRIVATE.folders(folder).resolve(name));
        file.stream(stream -> {
            var out = new DataOutputStream(stream);
            out.write(MAGIC);
            for (var entry : entries.entrySet()) {
                var key = entry.getKey().getBytes(StandardCharsets.US_ASCII);
                var body = entry.getValue().encode();
                out.writeInt(key.length + body.length);
                out.writeInt(checksum(ByteBuffer.wrap(key), ByteBuffer.wrap(body)));
                out.write(key);
                out.write(body);
            }
        });
        return open(file.path());
    }

    Path file() {
        return file;
    }

    Iterable<String> keys() {
        return places.keySet();
    }

    /**
     * Reads an entry.
     *
     * @throws IOException if the file cannot be read or the entry is damaged
     */
    CacheEntry get(String key) throws IOException {
        var place = places.get(key);
        var bytes = read(place.offset(), place.length());
        if (checksum(bytes.duplicate()) != place.checksum()) {
            throw new IOException(file + " is damaged");
        }
        return CacheEntry.decode(bytes.position(KEY));
    }

    private ByteBuffer read(long from, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new IOException(file + " is truncated");
            }
        }
        return bytes.flip();
    }

    private static int checksum(ByteBuffer... parts) {
        var sum = new CRC32C();
        for (var part : parts) {
            sum.update(part);
        }
        return (int) sum.getValue();
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
