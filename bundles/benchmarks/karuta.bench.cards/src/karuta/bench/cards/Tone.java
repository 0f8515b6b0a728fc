package karuta.bench.cards;

import java.util.Locale;

/** How bright the background of a picture is. */
public enum Tone {
    DARK(35),
    GRAY(110),
    LIGHT(232);

    private final float level;

    Tone(float level) {
        this.level = level;
    }

    /** Mean brightness, 0 to 255. */
    float level() {
        return level;
    }

    /** Its English name. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
