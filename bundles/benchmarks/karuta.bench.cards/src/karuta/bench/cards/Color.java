package karuta.bench.cards;

import java.util.Locale;

/** The colour of a thing. */
public enum Color {
    RED(220, 40, 40),
    GREEN(40, 170, 60),
    BLUE(50, 80, 230),
    YELLOW(235, 215, 40),
    PURPLE(150, 50, 190),
    ORANGE(245, 135, 25);

    private final float[] rgb;

    Color(int red, int green, int blue) {
        rgb = new float[] {red, green, blue};
    }

    /** Red, green or blue, 0 to 255. */
    float channel(int channel) {
        return rgb[channel];
    }

    /** Its English name. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
