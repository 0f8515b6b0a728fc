package karuta.lmm.image;

import java.util.List;
import karuta.api.KarutaException;
import karuta.api.Pixels;

/** Padding of images to squares. */
final class Square {

    /** As many as the largest image that Pillow reads without a warning. */
    private static final long MAX_PIXELS = 89_478_485;

    private Square() {}

    /**
     * Puts an image into the middle of a square of the mean colour, as the LLaVA repository's {@code expand2square}.
     */
    static Pixels pad(Pixels image, List<Double> mean) {
        var side = Math.max(image.width(), image.height());
        if (image.width() == image.height()) {
            return image;
        }
        if ((long) side * side > MAX_PIXELS) {
            throw new KarutaException(
                    "An image of " + image.width() + " x " + image.height() + " pixels would become a square of "
                            + (long) side * side + ".",
                    "Shrink it, or do not pad images to squares.");
        }
        var rgb = new byte[side * side * 3];
        for (var i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (int) (mean.get(i % 3) * 255);
        }
        var left = (side - image.width()) / 2;
        var top = (side - image.height()) / 2;
        for (var y = 0; y < image.height(); y++) {
            System.arraycopy(image.rgb(), y * image.width() * 3, rgb, ((top + y) * side + left) * 3, image.width() * 3);
        }
        return new Pixels(side, side, rgb);
    }
}
