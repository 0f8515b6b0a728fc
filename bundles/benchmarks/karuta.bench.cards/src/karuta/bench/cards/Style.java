package karuta.bench.cards;

import java.util.Locale;

/** What the background of a picture looks like. */
public enum Style {
    PLAIN,
    NOISY,
    CHECKERED,
    FRAMED;

    /** Its English name. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
