package karuta.picture;

/** What becomes of transparent pixels. */
public enum Transparency {
    /** They are seen before white, as by Transformers (of version 5.24). */
    WHITE {
        @Override
        int seen(int color, int alpha) {
            if (alpha == 0) {
                return 255;
            }
            // Pillow's alpha_composite: 7 bits of additional precision, and a rounded division by 255
            var sum = (color * alpha + 255 * (255 - alpha) << 7) + (0x80 << 7);
            return ((sum >> 8) + sum >> 8) >> 7;
        }
    },
    /**
     * They are seen in the colour that they have below, as by the LLaVA repository and earlier versions of
     * Transformers.
     */
    DROPPED {
        @Override
        int seen(int color, int alpha) {
            return color;
        }
    };

    /**
     * The colour that is seen.
     *
     * @param color from 0 to 255
     * @param alpha from 0, which is transparent, to 255
     */
    abstract int seen(int color, int alpha);
}
