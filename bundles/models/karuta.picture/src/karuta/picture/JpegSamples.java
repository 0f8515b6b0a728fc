package karuta.picture;

import java.awt.image.Raster;

/** Samples of a JPEG file, in their own colours, as Pillow and libjpeg-turbo make RGB of them. */
final class JpegSamples {

    private static final int HALF = 1 << 15;

    private final JpegHeader header;
    private final Raster raster;
    private final int width;
    private final int height;

    JpegSamples(JpegHeader header, Raster raster) {
        this.header = header;
        this.raster = raster;
        width = header.size().width();
        height = header.size().height();
        if (raster.getWidth() != width
                || raster.getHeight() != height
                || raster.getNumBands() != header.components().size()) {
            throw new BadPicture("its parts contradict one another");
        }
    }

    /** Red, green and blue. */
    byte[] rgb() {
        var bands = raster.getNumBands();
        var rgb = new byte[width * height * 3];
        var row = new int[width * bands];
        var out = 0;
        for (var y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (var band = 0; band < bands; band++) {
                if (halvedDownwards(band)) {
                    smooth(row, band, y);
                }
            }
            for (var at = 0; at < row.length; at += bands) {
                convert(row, at, rgb, out);
                out += 3;
            }
        }
        return rgb;
    }

    private void convert(int[] row, int at, byte[] rgb, int out) {
        switch (header.colors()) {
            case GREY -> put(rgb, out, row[at], row[at], row[at]);
            case RGB -> put(rgb, out, row[at], row[at + 1], row[at + 2]);
            case YCC -> ycc(row, at, rgb, out);
            case CMYK -> cmyk(rgb, out, row[at], row[at + 1], row[at + 2], row[at + 3]);
            case YCCK -> {
                ycc(row, at, rgb, out);
                cmyk(
                        rgb,
                        out,
                        255 - (rgb[out] & 0xFF),
                        255 - (rgb[out + 1] & 0xFF),
                        255 - (rgb[out + 2] & 0xFF),
                        row[at + 3]);
            }
        }
    }

    private static void put(byte[] rgb, int out, int red, int green, int blue) {
        rgb[out] = (byte) red;
        rgb[out + 1] = (byte) green;
        rgb[out + 2] = (byte) blue;
    }

    /** libjpeg's conversion, in integers of 16 bits after the point. */
    private static void ycc(int[] row, int at, byte[] rgb, int out) {
        var y = row[at];
        var cb = row[at + 1] - 128;
        var cr = row[at + 2] - 128;
        put(
                rgb,
                out,
                clip(y + (91_881 * cr + HALF >> 16)),
                clip(y + (-22_554 * cb - 46_802 * cr + HALF >> 16)),
                clip(y + (116_130 * cb + HALF >> 16)));
    }

    /** Adobe's samples are stored inverted. */
    private static void cmyk(byte[] rgb, int out, int cyan, int magenta, int yellow, int black) {
        put(rgb, out, Inks.light(cyan, black), Inks.light(magenta, black), Inks.light(yellow, black));
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }

    /** Whether a channel has half as many rows and all columns: libjpeg-turbo smooths these, libjpeg 6b repeats them. */
    private boolean halvedDownwards(int band) {
        var across = header.components().stream()
                .mapToInt(JpegHeader.Component::across)
                .max()
                .orElseThrow();
        var down = header.components().stream()
                .mapToInt(JpegHeader.Component::down)
                .max()
                .orElseThrow();
        var component = header.components().get(band);
        return !JpegDecoder.smooths() && component.across() == across && 2 * component.down() == down;
    }

    /** Three parts of the sample's own row and one of the nearer neighbour's (h1v2_fancy_upsample). */
    private void smooth(int[] row, int band, int y) {
        var lower = y % 2;
        var neighbour = Math.max(0, Math.min(height - 1, lower == 0 ? y - 1 : y + 1));
        var bands = raster.getNumBands();
        for (var x = 0; x < width; x++) {
            row[x * bands + band] = 3 * row[x * bands + band] + raster.getSample(x, neighbour, band) + 1 + lower >> 2;
        }
    }
}
