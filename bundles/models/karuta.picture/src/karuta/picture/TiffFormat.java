package karuta.picture;

import static karuta.picture.TiffDirectory.BITS;
import static karuta.picture.TiffDirectory.EXTRA;
import static karuta.picture.TiffDirectory.FILL_ORDER;
import static karuta.picture.TiffDirectory.FORMAT;
import static karuta.picture.TiffDirectory.PHOTOMETRIC;
import static karuta.picture.TiffDirectory.PLANES;
import static karuta.picture.TiffDirectory.SAMPLES;

import java.util.Arrays;

/**
 * How TIFF stores a pixel. Taken are the kinds that are read here to the same bytes as by Pillow; it reads some more.
 *
 * @param kind what the samples are
 * @param bits of a sample
 * @param samples of a pixel
 * @param alpha what the last sample is
 * @param inverted whether 0 is white
 * @param planes whether each channel is stored by itself
 */
record TiffFormat(Kind kind, int bits, int samples, Alpha alpha, boolean inverted, boolean planes) {

    /** Kinds of samples. */
    enum Kind {
        GREY(1),
        RGB(3),
        PALETTE(1),
        CMYK(4);

        private final int colors;

        Kind(int colors) {
            this.colors = colors;
        }
    }

    /** Kinds of the sample behind the colours. */
    enum Alpha {
        NONE,
        IGNORED,
        /** Colours are as they are. */
        STRAIGHT,
        /** Colours are multiplied by it. */
        MULTIPLIED
    }

    private static final int CORELS = 999;

    static TiffFormat of(TiffDirectory tags) {
        var photometric = (int) tags.number(PHOTOMETRIC, 0);
        var kind = switch (photometric) {
            case 0, 1 -> Kind.GREY;
            case 2 -> Kind.RGB;
            case 3 -> Kind.PALETTE;
            case 5 -> Kind.CMYK;
            default -> throw BadPicture.notRead("it is TIFF with colours of kind " + photometric);
        };
        var samples = (int) tags.number(SAMPLES, 1);
        var bits = bits(tags.values(BITS), samples);
        var format = new TiffFormat(
                kind,
                bits,
                samples,
                alpha(tags.values(EXTRA), samples - kind.colors, kind),
                photometric == 0 && bits <= 8,
                tags.number(PLANES, 1) == 2);
        var formats = tags.values(FORMAT);
        var order = tags.number(FILL_ORDER, 1);
        var bigAndInverted = photometric == 0 && bits == 16 && !tags.littleEndian();
        if (Arrays.stream(formats).anyMatch(f -> f != 1)
                || order != 1 && (order != 2 || bits == 16)
                || bigAndInverted
                || !format.isRead()) {
            throw BadPicture.notRead("it is TIFF of a rare kind (" + samples + " samples of " + bits + " bits)");
        }
        return format;
    }

    private static int bits(long[] values, int samples) {
        if (values.length == 0) {
            return 1;
        }
        var all = Arrays.stream(values).limit(Math.max(1, samples)).distinct().toArray();
        if (all.length != 1 || values.length != 1 && values.length < samples || all[0] < 1 || all[0] > 16) {
            throw BadPicture.notRead("it is TIFF with samples of " + Arrays.toString(values) + " bits");
        }
        return (int) all[0];
    }

    private static Alpha alpha(long[] extra, int more, Kind kind) {
        if (more < 0 || more > 1 || extra.length > more) {
            throw BadPicture.notRead("it is TIFF with channels that do not fit together");
        }
        if (more == 0) {
            return Alpha.NONE;
        }
        if (extra.length == 0 && kind != Kind.RGB) {
            throw BadPicture.notRead("it is TIFF with a channel of an unknown kind");
        }
        return switch (extra.length == 0 ? 2 : (int) extra[0]) {
            case 0 -> Alpha.IGNORED;
            case 1 -> Alpha.MULTIPLIED;
            case 2, CORELS -> Alpha.STRAIGHT;
            default -> throw BadPicture.notRead("it is TIFF with a channel of an unknown kind");
        };
    }

    private boolean isRead() {
        var small = bits == 1 || bits == 2 || bits == 4 || bits == 8;
        var single = alpha == Alpha.NONE;
        var right = switch (kind) {
            case GREY -> single ? small || bits == 16 : bits == 8 && alpha != Alpha.MULTIPLIED && !inverted;
            case PALETTE -> single && small;
            case RGB -> bits == 8 || bits == 16 && alpha != Alpha.MULTIPLIED;
            case CMYK -> single && (bits == 8 || bits == 16);
        };
        return right && (!planes || kind == Kind.RGB && single && bits == 8);
    }

    /** Samples of a pixel that lie beside one another. */
    int together() {
        return planes ? 1 : samples;
    }

    /** Bytes of so many pixels. */
    long bytes(long pixels) {
        return (pixels * together() * bits + 7) / 8;
    }
}
