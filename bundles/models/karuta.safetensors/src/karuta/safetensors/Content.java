package karuta.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import karuta.files.Sha256;

/** Where the bytes of a safetensors file are. */
sealed interface Content extends AutoCloseable {

    /** How many. */
    long size() throws IOException;

    /**
     * Reads some.
     *
     * @return how many; below 0 at the end
     */
    int read(ByteBuffer target, long from) throws IOException;

    /** A part, direct and little-endian, for reading only. */
    ByteBuffer part(long from, long length) throws IOException;

    /**
     * Lets a hash go on with all from some place.
     *
     * @throws IOException if it has become shorter
     */
    void rest(long from, Sha256 hash) throws IOException;

    @Override
    void close() throws IOException;

    /** On a disk. */
    record OnDisk(FileChannel file) implements Content {

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer target, long from) throws IOException {
            return file.read(target, from);
        }

        @Override
        public ByteBuffer part(long from, long length) throws IOException {
            return file.map(MapMode.READ_ONLY, from, length).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public void rest(long from, Sha256 hash) throws IOException {
            hash.add(file, from, file.size() - from);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** In memory, such as what was decrypted and shall never be on a disk. */
    record InMemory(ByteBuffer bytes) implements Content {

        /** Copies them. */
        static InMemory of(byte[] bytes) {
            return new InMemory(
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        }

        @Override
        public long size() {
            return bytes.limit();
        }

        @Override
        public int read(ByteBuffer target, long from) {
            if (from >= size()) {
                return -1;
            }
            var count = (int) Math.min(target.remaining(), size() - from);
            target.put(part(from, count));
            return count;
        }

        @Override
        public ByteBuffer part(long from, long length) {
            return bytes.slice((int) from, (int) length).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public void rest(long from, Sha256 hash) {
            hash.add(part(from, size() - from));
        }

        @Override
        public void close() {
            // the collector frees it
        }
    }
}
