package karuta.safetensors;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The checked header of a file.
 *
 * @param tensors by name
 * @param metadata texts by name
 * @param start where the data starts, counted from the start of the file
 */
record Header(Map<String, TensorInfo> tensors, Map<String, String> metadata, long start) {

    /** Of headers; 200,000 tensors need less. */
    static final int MAX_BYTES = 32 << 20;

    private static final int DEPTH = 4;

    /**
     * Reads a header and checks that it describes the whole file.
     *
     * @throws FormatException if it does not
     */
    static Header read(Content file) throws IOException {
        var size = file.size();
        if (size < 8) {
            throw new FormatException("it has " + size + " bytes, less than a header length takes");
        }
        var length = first(file, 0, 8).getLong();
        if (length < 2 || length > MAX_BYTES) {
            throw new FormatException("its header length is " + Long.toUnsignedString(length) + " bytes; from 2 to "
                    + MAX_BYTES + " are read");
        }
        if (8 + length > size) {
            throw new FormatException(
                    "its header of " + length + " bytes is longer than the file of " + size + " bytes");
        }
        if (first(file, 8, 1).get() != '{') {
            throw new FormatException("its header does not start with {");
        }
        var header = parse(file, length);
        header.requireSeamless(size - header.start);
        return header;
    }

    private static ByteBuffer first(Content file, long from, int bytes) throws IOException {
        var buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                throw new FormatException("it ends within the header");
            }
        }
        return buffer.flip();
    }

    private static Header parse(Content file, long length) throws IOException {
        var text = Channels.newReader(new Section(file, 8, length), StandardCharsets.UTF_8.newDecoder(), -1);
        var json = new JsonReader(text);
        json.setStrictness(Strictness.STRICT);
        json.setNestingLimit(DEPTH);
        try {
            var parser = new HeaderParser(json);
            parser.parse();
            return new Header(parser.tensors(), parser.metadata(), 8 + length);
        } catch (CharacterCodingException e) {
            throw new FormatException("its header is not UTF-8");
        } catch (MalformedJsonException | EOFException | IllegalStateException e) {
            throw new FormatException("its header is not strict JSON: " + e.getMessage());
        }
    }

    private void requireSeamless(long data) throws FormatException {
        var order = new TreeMap<TensorInfo, String>(
                Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
        for (var entry : tensors.entrySet()) {
            var twin = order.put(entry.getValue(), entry.getKey());
            if (twin != null && entry.getValue().bytes() > 0) {
                throw new FormatException("tensors " + twin + " and " + entry.getKey() + " overlap");
            }
        }
        var at = 0L;
        for (var entry : order.entrySet()) {
            var begin = entry.getKey().begin();
            if (begin != at) {
                throw new FormatException("tensor " + entry.getValue() + " starts at byte " + begin
                        + " of the data; the one before it ends at " + at);
            }
            at = entry.getKey().end();
        }
        if (at != data) {
            throw new FormatException("its tensors take " + at + " bytes, but " + data + " follow the header");
        }
    }

    /** A part of a file as a channel; does not close the file. */
    private static final class Section implements ReadableByteChannel {

        private final Content file;
        private final long end;
        private long at;

        Section(Content file, long start, long length) {
            this.file = file;
            this.at = start;
            this.end = start + length;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (at == end) {
                return -1;
            }
            var limit = target.limit();
            target.limit(target.position() + (int) Math.min(target.remaining(), end - at));
            var count = file.read(target, at);
            target.limit(limit);
            at += Math.max(count, 0);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
