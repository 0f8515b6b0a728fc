package karuta.picture;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Rows of a PNG file: inflated, without filters, and in the order in which an interlaced picture has them. */
final class PngRows {

    /** Takes pixels of a row. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param y which row
         * @param x the first pixel's column
         * @param step from one pixel's column to the next
         * @param row the pixels, from index 1 on
         * @param count of pixels
         */
        void take(int y, int x, int step, byte[] row, int count);
    }

    /** Column and row of a pass's first pixel, and the steps from there (section 8.2). */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] ALL = {{0, 0, 1, 1}};
    private static final int DEFLATE_RATIO = 1040;

    private final PngData data;
    private final Size size;
    private final PngFormat format;
    private final boolean interlaced;

    PngRows(PngData data, Size size, PngFormat format, boolean interlaced) {
        this.data = data;
        this.size = size;
        this.format = format;
        this.interlaced = interlaced;
        Size.requirePlausible((long) format.bytes(size.width()) * size.height(), data.most(), DEFLATE_RATIO);
    }

    /** The file behind the pixels. */
    ByteBuffer after() {
        return data.after();
    }

    void decode(Sink sink) {
        var inflater = new Inflater();
        try {
            for (var pass : interlaced ? PASSES : ALL) {
                var count = Math.floorDiv(size.width() - pass[0] + pass[2] - 1, pass[2]);
                if (count < 1) {
                    continue;
                }
                var row = new byte[format.bytes(count) + 1];
                var above = new byte[row.length];
                for (var y = pass[1]; y < size.height(); y += pass[3]) {
                    fill(inflater, row);
                    unfilter(row, above);
                    sink.take(y, pass[0], pass[2], row, count);
                    if (inflater.finished()) {
                        return; // whatever is missing stays black, as Pillow has it
                    }
                    var next = above;
                    above = row;
                    row = next;
                }
            }
        } catch (DataFormatException e) {
            throw new BadPicture("its compressed data are broken (" + e.getMessage() + ")");
        } finally {
            inflater.end();
        }
    }

    private void fill(Inflater inflater, byte[] row) throws DataFormatException {
        var filled = 0;
        while (filled < row.length) {
            if (inflater.needsDictionary()) {
                throw new BadPicture("its compressed data need a dictionary");
            }
            if (inflater.finished() || inflater.needsInput()) {
                inflater.setInput(data.next()); // of a finished stream: until there is no more
            }
            filled += inflater.inflate(row, filled, row.length - filled);
        }
    }

    /** Section 9.2. */
    private void unfilter(byte[] row, byte[] above) {
        var step = format.step();
        switch (row[0]) {
            case 0 -> {}
            case 1 -> {
                for (var i = step + 1; i < row.length; i++) {
                    row[i] += row[i - step];
                }
            }
            case 2 -> {
                for (var i = 1; i < row.length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (var i = 1; i < row.length; i++) {
                    var left = i > step ? row[i - step] & 0xFF : 0;
                    row[i] += (byte) (left + (above[i] & 0xFF) >> 1);
                }
            }
            case 4 -> {
                for (var i = 1; i < row.length; i++) {
                    row[i] += (byte)
                            (i > step
                                    ? paeth(row[i - step] & 0xFF, above[i] & 0xFF, above[i - step] & 0xFF)
                                    : above[i]);
                }
            }
            default -> throw new BadPicture("a row of it has a filter that PNG does not have");
        }
    }

    private static int paeth(int left, int up, int corner) {
        var toLeft = Math.abs(up - corner);
        var toUp = Math.abs(left - corner);
        var toCorner = Math.abs(left + up - 2 * corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
