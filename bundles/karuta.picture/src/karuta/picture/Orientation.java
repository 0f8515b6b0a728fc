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

    Pixels apply(Pixels stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        var w = stored.width();
        var h = stored.height();
        var width = swap ? h : w;
        var height = swap ? w : h;
        var rgb = new byte[stored.rgb().length];
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var sx = swap ? y : x;
                var sy = swap ? x : y;
                var from = ((flipY ? h - 1 - sy : sy) * w + (flipX ? w - 1 - sx : sx)) * 3;
                System.arraycopy(stored.rgb(), from, rgb, (y * width + x) * 3, 3);
            }
        }
        return new Pixels(width, height, rgb);
    }
}
