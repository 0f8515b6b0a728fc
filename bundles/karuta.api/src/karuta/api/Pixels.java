package karuta.api;

/**
 * A decoded image.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb 8-bit red, green, blue, row by row from the top left; {@code width * height * 3} bytes
 */
public record Pixels(int width, int height, byte[] rgb) {

    /** @throws IllegalArgumentException if the number of bytes does not fit */
    public Pixels {
        if (width < 1 || height < 1 || rgb.length != Math.multiplyExact(Math.multiplyExact(width, height), 3)) {
            throw new IllegalArgumentException(rgb.length + " bytes are no RGB image of " + width + " x " + height);
        }
    }
}
