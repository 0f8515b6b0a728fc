package karuta.picture;

import karuta.api.Pixels;

/** How a stored picture must be turned, in the order of EXIF's numbers from 1 on (TIFF 6.0, tag 274). */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(true, false, false),
    UPSIDE_DOWN(true, true, false),
    MIRRORED_UPSIDE_DOWN(false, true, false),
    TRANSPOSED(false, false, true),
    ON_ITS_LEFT(false, true, true),
    TRANSVERSED(true, true, true),
    ON_ITS_RIGHT(true, false, true);

    private final boolean flipX;
    private final boolean flipY;
    private final boolean swap;

    Orientation(boolean flipX, boolean flipY, boolean swap) {
        this.flipX = flipX;
        this.flipY = flipY;
        this.swap = swap;
    }

    /** Of EXIF's number; what is out of range counts as upright. */
    static Orientation of(int number) {
        return number < 1 || number > values().length ? UPRIGHT : values()[number - 1];
    }

    /** Turned as it is to be seen. */
    Pixels apply(Pixels stored) {
        var size = turned(stored.width(), stored.height());
        return new Pixels(size.width(), size.height(), apply(stored.rgb(), stored.width(), stored.height(), 3));
    }

    /** Turned for good, as Pillow does it with TIFF. */
    Stored apply(Stored stored) {
        var w = stored.width();
        var h = stored.height();
        var size = turned(w, h);
        return Stored.of(
                size.width(),
                size.height(),
                apply(stored.rgb(), w, h, 3),
                stored.alpha().map(a -> apply(a, w, h, 1)));
    }

    private Size turned(int width, int height) {
        return swap ? new Size(height, width) : new Size(width, height);
    }

    private byte[] apply(byte[] stored, int w, int h, int channels) {
        if (this == UPRIGHT) {
            return stored;
        }
        var size = turned(w, h);
        var turned = new byte[stored.length];
        for (var y = 0; y < size.height(); y++) {
            for (var x = 0; x < size.width(); x++) {
                var sx = swap ? y : x;
                var sy = swap ? x : y;
                var from = ((flipY ? h - 1 - sy : sy) * w + (flipX ? w - 1 - sx : sx)) * channels;
                System.arraycopy(stored, from, turned, (y * size.width() + x) * channels, channels);
            }
        }
        return turned;
    }
}
