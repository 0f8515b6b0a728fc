package karuta.picture;

import static java.awt.color.ColorSpace.TYPE_GRAY;
import static java.awt.color.ColorSpace.TYPE_RGB;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;

/** How the stored samples of a pixel become red, green and blue. */
@FunctionalInterface
interface Colors {

    /**
     * One colour of a pixel.
     *
     * @param samples of a row, pixel by pixel
     * @param at index of the pixel's first sample
     * @param channel 0 for red, 1 for green, 2 for blue, 3 for alpha
     * @return from 0 to 255
     */
    int of(int[] samples, int at, int channel);

    /** @throws IOException if pixels are stored in another way than 8-bit grey, palette, or 8-bit or 16-bit RGB */
    static Colors of(BufferedImage image) throws IOException {
        var bands = image.getRaster().getNumBands();
        var bits = image.getSampleModel().getSampleSize(0);
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return palette(palette);
        }
        var space = image.getColorModel().getColorSpace().getType();
        if (space == TYPE_GRAY && bits == 8) {
            return (samples, at, channel) -> channel < 3 ? samples[at] : bands == 2 ? samples[at + 1] : 255;
        }
        if (space == TYPE_RGB && (bits == 8 || bits == 16)) {
            return (samples, at, channel) -> channel < bands ? samples[at + channel] >> bits - 8 : 255;
        }
        throw new IOException("it has " + bands + " channels of " + bits + " bits, of a kind that is not read");
    }

    private static Colors palette(IndexColorModel palette) {
        return (samples, at, channel) -> switch (channel) {
            case 0 -> palette.getRed(samples[at]);
            case 1 -> palette.getGreen(samples[at]);
            case 2 -> palette.getBlue(samples[at]);
            default -> palette.getAlpha(samples[at]);
        };
    }
}
