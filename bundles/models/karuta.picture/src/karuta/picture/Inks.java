package karuta.picture;

/** Colours of ink as Pillow makes light of them, with its rounded division by 255. */
final class Inks {

    private Inks() {}

    /**
     * Red, green or blue.
     *
     * @param paper how much of the paper cyan, magenta or yellow leaves free: 255 without ink
     * @param white how much of it black leaves free
     */
    static int light(int paper, int white) {
        var product = (255 - paper) * white + 128;
        return Math.max(0, white - ((product >> 8) + product >> 8));
    }
}
