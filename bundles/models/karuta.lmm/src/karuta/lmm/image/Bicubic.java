package karuta.lmm.image;

import java.util.Arrays;
import karuta.api.Pixels;

/**
 * Bicubic resampling with antialiasing, to the byte like Pillow 13 (its {@code Resample.c}, 8 bits per channel): rows
 * and columns one after the other, in fixed point, with 8-bit values between the two.
 */
final class Bicubic {

    private static final int HALF = 1 << (ResampleWeights.FRACTION - 1);

    private Bicubic() {}

    /**
     * A part of an image.
     *
     * @param left its first column
     * @param top its first row
     * @param width in pixels
     * @param height in pixels
     */
    record Window(long left, long top, int width, int height) {}

    /**
     * A part of a resized image. The rest of it is not computed, so that an extreme shape costs nothing.
     *
     * @param source the image
     * @param width of the whole resized image
     * @param height of the whole resized image
     * @param window the part that is wanted
     */
    static Pixels resize(Pixels source, long width, long height, Window window) {
        var columns = ResampleWeights.of(source.width(), width, window.left(), window.width());
        var rows = ResampleWeights.of(source.height(), height, window.top(), window.height());
        if (columnsFirst(source, width, height)) {
            var first = columns.first();
            return horizontally(vertically(source, rows, first, columns.end() - first), columns.from(first));
        }
        var first = rows.first();
        var narrowed = horizontally(part(source, first, rows.end() - first), columns);
        return vertically(narrowed, rows.from(first), 0, narrowed.width());
    }

    /**
     * Since version 13, Pillow starts with the direction that saves work, by this rule (found by trial: it holds for
     * 1,500 random sizes). Up to version 12 it started with the rows; that differs for images more than twice as high
     * as wide.
     */
    private static boolean columnsFirst(Pixels source, long width, long height) {
        return height < source.height() && 2 * (source.width() - width) < source.height() - height;
    }

    private static Pixels part(Pixels source, int firstRow, int rows) {
        var stride = source.width() * 3;
        return rows == source.height()
                ? source
                : new Pixels(
                        source.width(),
                        rows,
                        Arrays.copyOfRange(source.rgb(), firstRow * stride, (firstRow + rows) * stride));
    }

    private static Pixels horizontally(Pixels source, ResampleWeights columns) {
        var width = columns.outputs();
        var in = source.rgb();
        var out = new byte[Math.multiplyExact(Math.multiplyExact(width, source.height()), 3)];
        var at = 0;
        for (var y = 0; y < source.height(); y++) {
            for (var x = 0; x < width; x++) {
                var red = HALF;
                var green = HALF;
                var blue = HALF;
                var from = (y * source.width() + columns.start(x)) * 3;
                for (var weight : columns.weights(x)) {
                    red += weight * (in[from] & 255);
                    green += weight * (in[from + 1] & 255);
                    blue += weight * (in[from + 2] & 255);
                    from += 3;
                }
                out[at++] = clip(red);
                out[at++] = clip(green);
                out[at++] = clip(blue);
            }
        }
        return new Pixels(width, source.height(), out);
    }

    private static Pixels vertically(Pixels source, ResampleWeights rows, int firstColumn, int columns) {
        var in = source.rgb();
        var stride = columns * 3;
        var out = new byte[Math.multiplyExact(stride, rows.outputs())];
        var sums = new int[stride];
        for (var y = 0; y < rows.outputs(); y++) {
            Arrays.fill(sums, HALF);
            var from = (rows.start(y) * source.width() + firstColumn) * 3;
            for (var weight : rows.weights(y)) {
                for (var i = 0; i < stride; i++) {
                    sums[i] += weight * (in[from + i] & 255);
                }
                from += source.width() * 3;
            }
            for (var i = 0; i < stride; i++) {
                out[y * stride + i] = clip(sums[i]);
            }
        }
        return new Pixels(columns, rows.outputs(), out);
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> ResampleWeights.FRACTION));
    }
}
