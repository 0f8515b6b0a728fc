package karuta.kit;

import karuta.api.Image;
import karuta.api.Pixels;

/**
 * A picture of one colour, 2 x 2 pixels.
 *
 * @param red from 0 to 255
 * @param green from 0 to 255
 * @param blue from 0 to 255
 */
public record ToyPicture(int red, int green, int blue) implements Image {

    @Override
    public String fingerprint() {
        return "toy " + red + " " + green + " " + blue;
    }

    @Override
    public Pixels pixels() {
        var rgb = new byte[2 * 2 * 3];
        for (var i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) red;
            rgb[i + 1] = (byte) green;
            rgb[i + 2] = (byte) blue;
        }
        return new Pixels(2, 2, rgb);
    }
}
