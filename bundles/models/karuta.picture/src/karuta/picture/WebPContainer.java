package karuta.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a WebP file holds: chunks (RFC 9649, section 2).
 *
 * @param canvas the whole picture's size
 * @param frame the first or only picture
 * @param alpha whether the file says that there is transparency
 * @param orientation what the camera noted
 */
record WebPContainer(Size canvas, WebPFrame frame, boolean alpha, Orientation orientation) {

    private static final int HEADER = 12;
    private static final int ALPHA = 0x10;
    private static final int ANIMATION = 0x02;
    private static final int KNOWN_FLAGS = 0x3E;
    private static final int ANIM_LENGTH = 6;
    private static final int EXTENDED_LENGTH = 10;
    private static final int FRAME_LENGTH = 16;

    /**
     * A part of the file.
     *
     * @param content without name and length
     * @param padding what stands behind contents of odd length. It should be 0, and is no part of them; but libwebp reads it
     *     where compressed pixels go on
     */
    record Chunk(String name, ByteBuffer content, byte padding) {}

    /** @throws BadPicture if libwebp would not take the file for a whole one */
    static WebPContainer of(byte[] file) {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        var length = Integer.toUnsignedLong(in.getInt(4)) + 8;
        if (length > file.length) {
            throw BadPicture.endsTooEarly();
        }
        if (length < HEADER + 8) {
            throw new BadPicture("it holds nothing");
        }
        var chunks = chunks(in.position(HEADER).limit((int) length));
        var first = chunks.get(0);
        if (!first.name().equals("VP8X")) {
            var frame = WebPFrame.of(chunks.subList(0, 1));
            return new WebPContainer(
                    frame.stream().size(), frame, frame.stream().alpha(), Orientation.UPRIGHT);
        }
        return extended(first.content(), chunks.subList(1, chunks.size()));
    }

    private static WebPContainer extended(ByteBuffer header, List<Chunk> chunks) {
        if (header.remaining() < EXTENDED_LENGTH) {
            throw new BadPicture("its header is too short");
        }
        var flags = header.get(0);
        if ((flags & ~KNOWN_FLAGS) != 0) {
            throw new BadPicture("its header has flags that WebP does not have");
        }
        var canvas = Size.of(three(header, 4) + 1, three(header, 7) + 1);
        var animated = (flags & ANIMATION) != 0;
        var frame = animated ? animated(chunks, canvas) : WebPFrame.of(chunks);
        if (!animated && !frame.stream().size().equals(canvas)) {
            throw new BadPicture("its picture has another size than its canvas");
        }
        var declared = (flags & ALPHA) != 0;
        var alpha =
                animated ? declared : frame.stream().lossless() ? frame.stream().alpha() : declared || frame.alpha();
        var orientation = Exif.orientation(note(chunks, "EXIF"), note(chunks, "XMP "));
        return new WebPContainer(canvas, frame, alpha, orientation);
    }

    /** The first frame; as libwebp does, all are looked at. */
    private static WebPFrame animated(List<Chunk> chunks, Size canvas) {
        var started = false;
        var frames = new ArrayList<WebPFrame>();
        for (var chunk : chunks) {
            if (chunk.name().equals("ANIM")) {
                started |= chunk.content().remaining() >= ANIM_LENGTH;
            } else if (chunk.name().equals("ANMF")) {
                if (!started) {
                    throw new BadPicture("it is an animation without a header");
                }
                frames.add(frame(chunk.content(), canvas));
            }
        }
        if (frames.isEmpty()) {
            throw new BadPicture("it holds no picture");
        }
        return frames.get(0);
    }

    private static WebPFrame frame(ByteBuffer content, Size canvas) {
        if (content.remaining() < FRAME_LENGTH) {
            throw new BadPicture("a frame of it is too short");
        }
        var left = 2 * three(content, 0);
        var top = 2 * three(content, 3);
        var size = Size.of(three(content, 6) + 1, three(content, 9) + 1);
        var frame = WebPFrame.of(chunks(slice(content, FRAME_LENGTH, content.remaining() - FRAME_LENGTH)));
        if (!frame.stream().size().equals(size)) {
            throw new BadPicture("a frame of it has another size than it says");
        }
        if (left + size.width() > canvas.width() || top + size.height() > canvas.height()) {
            throw new BadPicture("a frame of it reaches out of its canvas");
        }
        return frame.at(left, top);
    }

    private static Optional<byte[]> note(List<Chunk> chunks, String name) {
        return chunks.stream().filter(c -> c.name().equals(name)).findFirst().map(c -> bytes(c.content()));
    }

    private static List<Chunk> chunks(ByteBuffer in) {
        var chunks = new ArrayList<Chunk>();
        while (in.remaining() >= 8) {
            var name = new byte[4];
            in.get(name);
            var length = Integer.toUnsignedLong(in.getInt());
            if (length + length % 2 > in.remaining()) {
                throw BadPicture.endsTooEarly();
            }
            var content = slice(in, in.position(), (int) length);
            in.position(in.position() + (int) length);
            var padding = length % 2 == 0 ? (byte) 0 : in.get();
            chunks.add(new Chunk(new String(name, StandardCharsets.ISO_8859_1), content, padding));
        }
        if (in.hasRemaining()) {
            throw BadPicture.endsTooEarly();
        }
        if (chunks.isEmpty()) {
            throw new BadPicture("it holds no picture");
        }
        return chunks;
    }

    private static ByteBuffer slice(ByteBuffer in, int from, int length) {
        return in.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] bytes(ByteBuffer content) {
        var bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    private static int three(ByteBuffer in, int at) {
        return in.getShort(at) & 0xFFFF | (in.get(at + 2) & 0xFF) << 16;
    }
}
