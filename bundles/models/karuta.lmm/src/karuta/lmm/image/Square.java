package karuta.lmm.image;

import java.util.List;
import karuta.api.KarutaException;
import karuta.api.Pixels;

/** Padding of pictures to squares. */
final class Square {

    /** As many as the largest picture that Pillow reads without a warning. */
    private static final long MAX_PIXELS = 89_478_485;

    private Square() {}

    /**
     * Puts a picture into the middle of a square of the mean colour, as the LLaVA repository's {@code expand2square}.
     */
    static Pixels pad(Pixels picture, List<Double> mean) {
        var side = Math.max(picture.width(), picture.height());
        if (picture.width() == picture.height()) {
            return picture;
        }
        if ((long) side * side > MAX_PIXELS) {
            throw new KarutaException(
                    "A picture of " + picture.width() + " x " + picture.height() + " pixels would become a square of "
                            + (long) side * side + ".",
                    "Shrink it, or do not pad pictures to squares.");
        }
        var rgb = new byte[side * side * 3];
        for (var i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (int) (mean.get(i % 3) * 255);
        }
        var left = (side - picture.width()) / 2;
        var top = (side - picture.height()) / 2;
        for (var y = 0; y < picture.height(); y++) {
            System.arraycopy(
                    picture.rgb(), y * picture.width() * 3, rgb, ((top + y) * side + left) * 3, picture.width() * 3);
        }
        return new Pixels(side, side, rgb);
    }
}
