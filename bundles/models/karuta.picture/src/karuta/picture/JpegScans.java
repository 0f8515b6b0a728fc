package karuta.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The scans of a JPEG file, gone over without decoding them: whether all is there, and not too much. */
final class JpegScans {

    /** Encoders make about ten. Each is a run over the whole picture, so many of them can take for ever. */
    private static final int MOST = 100;

    /** libjpeg guesses these coefficients, from version to version in another way, where no scan gives them in full. */
    private static final int GUESSED = 10;

    private static final int COEFFICIENTS = 64;

    private final JpegHeader header;
    /** By channel and coefficient: how many of its lower bits are lacking; -1 for all. */
    private final int[][] lacking;

    private int scans;

    JpegScans(JpegHeader header) {
        this.header = header;
        lacking = new int[header.components().size()][COEFFICIENTS];
        for (var component : lacking) {
            Arrays.fill(component, -1);
        }
    }

    /**
     * Looks at them.
     *
     * @param in stands before the first scan
     * @throws BadPicture if the end is not marked: so Pillow knows that a file was cut off
     */
    void check(ByteBuffer in) {
        try {
            var marker = JpegMarker.next(in);
            while (marker != JpegMarker.END) {
                if (!JpegMarker.mayFollow(marker)) {
                    throw new BadPicture("a part of it is of no known kind");
                }
                if (!JpegMarker.hasContent(marker)) {
                    marker = JpegMarker.next(in);
                    continue;
                }
                var content = JpegMarker.content(in);
                if (marker == JpegMarker.SCAN) {
                    scan(ByteBuffer.wrap(content));
                    marker = JpegMarker.nextAfterScan(in);
                } else {
                    marker = JpegMarker.next(in);
                }
            }
        } catch (BufferUnderflowException e) {
            throw BadPicture.endsTooEarly();
        }
        requireAll();
    }

    private void scan(ByteBuffer in) {
        if (++scans > MOST) {
            throw new BadPicture("it has more than " + MOST + " scans");
        }
        var count = in.get() & 0xFF;
        var ids = new int[count];
        for (var i = 0; i < count; i++) {
            ids[i] = in.get() & 0xFF;
            in.get();
        }
        var from = in.get() & 0xFF;
        var to = in.get() & 0xFF;
        var low = in.get() & 15;
        for (var c = 0; c < lacking.length; c++) {
            var id = header.components().get(c).id();
            if (header.progressive()
                    && to < COEFFICIENTS
                    && from <= to
                    && Arrays.stream(ids).anyMatch(i -> i == id)) {
                Arrays.fill(lacking[c], from, to + 1, low);
            }
        }
    }

    private void requireAll() {
        if (header.progressive()
                && Arrays.stream(lacking)
                        .anyMatch(c -> Arrays.stream(c, 0, GUESSED).anyMatch(bits -> bits != 0))) {
            throw new BadPicture("it lacks some of its scans");
        }
    }
}
