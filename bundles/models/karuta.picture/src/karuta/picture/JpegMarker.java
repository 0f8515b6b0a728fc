package karuta.picture;

import java.nio.ByteBuffer;

/** The second byte of a JPEG marker (ITU T.81, table B.1). */
final class JpegMarker {

    static final int START = 0xD8;
    static final int END = 0xD9;
    static final int TABLES = 0xC4;
    static final int SCAN = 0xDA;
    /** Application segment 0; the fifteen others follow. */
    static final int NOTE = 0xE0;

    private static final int BASELINE = 0xC0;
    private static final int PROGRESSIVE = 0xC2;
    private static final int EXTENSION = 0xC8;
    private static final int ARITHMETIC_TABLES = 0xCC;
    private static final int LAST_FRAME = 0xCF;
    private static final int FIRST_RESTART = 0xD0;
    /** Quantisation (0xDB), lines (0xDC) and restarts (0xDD) are up to here. */
    private static final int LAST_TABLE = 0xDD;

    private static final int COMMENT = 0xFE;

    private JpegMarker() {}

    /** The next one, over whatever lies before it. */
    static int next(ByteBuffer in) {
        while (true) {
            while ((in.get() & 0xFF) != 0xFF) {}
            var marker = in.get() & 0xFF;
            while (marker == 0xFF) {
                marker = in.get() & 0xFF;
            }
            if (marker >= BASELINE) {
                return marker;
            }
            if (marker != 0) {
                throw new BadPicture("a part of it is of no known kind");
            }
        }
    }

    /** The next one that ends the pixels of a scan. */
    static int nextAfterScan(ByteBuffer in) {
        while (true) {
            while ((in.get() & 0xFF) != 0xFF) {}
            var marker = in.get() & 0xFF;
            if (marker == 0xFF) {
                in.position(in.position() - 1);
            } else if (marker != 0 && !isRestart(marker)) {
                return marker;
            }
        }
    }

    static byte[] content(ByteBuffer in) {
        var length = (in.getShort() & 0xFFFF) - 2;
        if (length < 0) {
            throw new BadPicture("a part of it has no length");
        }
        var content = new byte[length];
        in.get(content);
        return content;
    }

    static boolean isFrame(int marker) {
        return marker >= BASELINE
                && marker <= LAST_FRAME
                && marker != TABLES
                && marker != EXTENSION
                && marker != ARITHMETIC_TABLES;
    }

    /** Whether it is the frame of a kind that is read: Huffman coding, sequential or progressive. */
    static boolean isRead(int marker) {
        return marker <= PROGRESSIVE;
    }

    static boolean isProgressive(int marker) {
        return marker == PROGRESSIVE;
    }

    static boolean isNote(int marker) {
        return marker >= NOTE && marker < NOTE + 16 || marker == COMMENT;
    }

    static boolean isRestart(int marker) {
        return marker >= FIRST_RESTART && marker < START;
    }

    /** Whether libjpeg takes it between the scans and behind them. */
    static boolean mayFollow(int marker) {
        return isRestart(marker)
                || marker == TABLES
                || marker == ARITHMETIC_TABLES
                || marker >= END && marker <= LAST_TABLE
                || isNote(marker);
    }

    static boolean hasContent(int marker) {
        return !isRestart(marker)
                && marker != START
                && marker != END
                && marker != EXTENSION
                && (marker < NOTE + 16 || marker == COMMENT);
    }
}
