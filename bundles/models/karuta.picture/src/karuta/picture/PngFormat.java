package karuta.picture;

/**
 * How PNG stores a pixel.
 *
 * @param bits of a sample
 * @param kind the colour type
 */
record PngFormat(int bits, int kind) {

    static final int GREY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GREY_ALPHA = 4;
    static final int RGB_ALPHA = 6;

    /** @throws BadPicture if the specification has none such */
    PngFormat {
        var small = bits == 1 || bits == 2 || bits == 4;
        var right = switch (kind) {
            case GREY -> small || bits == 8 || bits == 16;
            case PALETTE -> small || bits == 8;
            case RGB, GREY_ALPHA, RGB_ALPHA -> bits == 8 || bits == 16;
            default -> false;
        };
        if (!right) {
            throw new BadPicture(
                    "its pixels are of a kind that PNG does not have (" + bits + " bits, type " + kind + ")");
        }
    }

    int channels() {
        return switch (kind) {
            case RGB -> 3;
            case GREY_ALPHA -> 2;
            case RGB_ALPHA -> 4;
            default -> 1;
        };
    }

    boolean alpha() {
        return kind == GREY_ALPHA || kind == RGB_ALPHA;
    }

    /** Bytes of so many pixels. */
    int bytes(int pixels) {
        return Math.toIntExact(((long) pixels * channels() * bits + 7) / 8);
    }

    /** What a filter takes for the distance of two pixels. */
    int step() {
        return Math.max(1, channels() * bits / 8);
    }
}
