package karuta.picture;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Where in a BMP pixel of 16, 24 or 32 bits its colours are. */
@FunctionalInterface
interface BmpColors {

    /** By masks of 32 bits: the bytes of red, green, blue and alpha, -1 for none. Pillow knows no others. */
    Map<List<Integer>, int[]> BYTES = Map.of(
            List.of(0xFF0000, 0xFF00, 0xFF, 0), new int[] {2, 1, 0, -1},
            List.of(0xFF000000, 0xFF0000, 0xFF00, 0), new int[] {3, 2, 1, -1},
            List.of(0xFF000000, 0xFF00, 0xFF, 0), new int[] {3, 1, 0, -1},
            List.of(0xFF000000, 0xFF0000, 0xFF00, 0xFF), new int[] {3, 2, 1, 0},
            List.of(0xFF, 0xFF00, 0xFF0000, 0xFF000000), new int[] {0, 1, 2, 3},
            List.of(0xFF0000, 0xFF00, 0xFF, 0xFF000000), new int[] {2, 1, 0, 3},
            List.of(0xFF000000, 0xFF00, 0xFF, 0xFF0000), new int[] {3, 1, 0, 2},
            List.of(0, 0, 0, 0), new int[] {2, 1, 0, 3});

    /**
     * Takes a pixel's colours.
     *
     * @param at where in the file the pixel is
     * @param pixel its number
     */
    void take(ByteBuffer file, int at, byte[] rgb, byte[] alpha, int pixel);

    /** Whether there is an alpha channel. */
    default boolean alpha() {
        return false;
    }

    /** @throws BadPicture if Pillow does not know it */
    static BmpColors of(BmpHeader header) {
        var masks = header.masks();
        var three = masks.isEmpty() ? masks : masks.subList(0, 3);
        return switch (header.bits()) {
            case 16 -> {
                if (three.isEmpty() || three.equals(List.of(0x7C00, 0x3E0, 0x1F))) {
                    yield packed(10, 5, 31);
                }
                if (three.equals(List.of(0xF800, 0x7E0, 0x1F))) {
                    yield packed(11, 5, 63);
                }
                throw unknown(masks);
            }
            case 24 -> {
                if (three.isEmpty() || three.equals(List.of(0xFF0000, 0xFF00, 0xFF))) {
                    yield bytes(2, 1, 0, -1);
                }
                throw unknown(masks);
            }
            case 32 -> {
                if (masks.isEmpty()) {
                    yield bytes(2, 1, 0, -1);
                }
                if (!BYTES.containsKey(masks)) {
                    throw unknown(masks);
                }
                yield bytes(BYTES.get(masks));
            }
            default -> throw new BadPicture("it has pixels of " + header.bits() + " bits");
        };
    }

    private static BadPicture unknown(List<Integer> masks) {
        return new BadPicture("its colours are packed in a way that is not read (masks " + masks + ")");
    }

    private static BmpColors packed(int red, int green, int greens) {
        return (file, at, rgb, alpha, pixel) -> {
            var value = file.getShort(at) & 0xFFFF;
            rgb[3 * pixel] = (byte) ((value >> red & 31) * 255 / 31);
            rgb[3 * pixel + 1] = (byte) ((value >> green & greens) * 255 / greens);
            rgb[3 * pixel + 2] = (byte) ((value & 31) * 255 / 31);
        };
    }

    private static BmpColors bytes(int... order) {
        return new BmpColors() {
            @Override
            public void take(ByteBuffer file, int at, byte[] rgb, byte[] alpha, int pixel) {
                for (var channel = 0; channel < 3; channel++) {
                    rgb[3 * pixel + channel] = file.get(at + order[channel]);
                }
                if (alpha()) {
                    alpha[pixel] = file.get(at + order[3]);
                }
            }

            @Override
            public boolean alpha() {
                return order[3] >= 0;
            }
        };
    }
}
