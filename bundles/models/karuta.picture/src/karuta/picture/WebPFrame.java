package karuta.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import karuta.picture.WebPContainer.Chunk;

/**
 * One picture of a WebP file.
 *
 * @param left where it is on the canvas
 * @param top where it is on the canvas
 * @param stream what its compressed pixels say of themselves
 * @param alphas the chunk of alpha values beside lossy colours
 * @param pixels the chunk of compressed pixels
 */
record WebPFrame(int left, int top, Stream stream, Optional<Chunk> alphas, Chunk pixels) {

    private static final String LOSSY = "VP8 ";
    private static final String LOSSLESS = "VP8L";
    private static final int FOURTEEN_BITS = 0x3FFF;

    /** A bit stream's own header. */
    record Stream(Size size, boolean lossless, boolean alpha) {}

    /** @throws BadPicture if there is no picture among the chunks */
    static WebPFrame of(List<Chunk> chunks) {
        var alphas = Optional.<Chunk>empty();
        for (var chunk : chunks) {
            if (chunk.name().equals("ALPH") && alphas.isEmpty()) {
                alphas = Optional.of(chunk);
            } else if (chunk.name().equals(LOSSY)) {
                return new WebPFrame(0, 0, lossy(chunk.content()), alphas, chunk);
            } else if (chunk.name().equals(LOSSLESS)) {
                if (alphas.isPresent()) {
                    throw new BadPicture("it has alpha values twice");
                }
                return new WebPFrame(0, 0, lossless(chunk.content()), alphas, chunk);
            }
        }
        throw new BadPicture("it holds no picture");
    }

    /** As libwebp looks at all frames: a shown key frame of profile 0 to 3, whose first part is within its data. */
    private static Stream lossy(ByteBuffer content) {
        if (content.remaining() < 10 || (content.getInt(2) & 0xFFFFFF00) != 0x2A019D00) {
            throw new BadPicture("its pixels do not begin as they must");
        }
        var tag = content.getInt(0) & 0xFFFFFF;
        if ((tag & 0x19) != 0x10 || tag >> 5 >= content.remaining()) {
            throw new BadPicture("its pixels do not begin as they must");
        }
        return new Stream(
                Size.of(content.getShort(6) & FOURTEEN_BITS, content.getShort(8) & FOURTEEN_BITS), false, false);
    }

    private static Stream lossless(ByteBuffer content) {
        if (content.remaining() < 5 || content.get(0) != 0x2F) {
            throw new BadPicture("its pixels do not begin as they must");
        }
        var bits = content.getInt(1);
        var size = Size.of((bits & FOURTEEN_BITS) + 1, (bits >> 14 & FOURTEEN_BITS) + 1);
        return new Stream(size, true, (bits >> 28 & 1) != 0);
    }

    WebPFrame at(int newLeft, int newTop) {
        return new WebPFrame(newLeft, newTop, stream, alphas, pixels);
    }

    boolean alpha() {
        return alphas.isPresent();
    }

    /** A file that holds nothing else. */
    byte[] file() {
        var out = new ByteArrayOutputStream();
        if (alphas.isPresent()) {
            var header = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
            header.putInt(0x10)
                    .put(three(stream.size().width() - 1))
                    .put(three(stream.size().height() - 1));
            write(out, new Chunk("VP8X", header.flip(), (byte) 0));
            write(out, alphas.get());
        }
        write(out, pixels);
        var file = ByteBuffer.allocate(12 + out.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.put(name("RIFF")).putInt(4 + out.size()).put(name("WEBP")).put(out.toByteArray());
        return file.array();
    }

    private static void write(ByteArrayOutputStream out, Chunk chunk) {
        var content = WebPContainer.bytes(chunk.content());
        out.writeBytes(name(chunk.name()));
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(content.length)
                .array());
        out.writeBytes(content);
        if (content.length % 2 != 0) {
            out.write(chunk.padding());
        }
    }

    private static byte[] name(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] three(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16)};
    }
}
