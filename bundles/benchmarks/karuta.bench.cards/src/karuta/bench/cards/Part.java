package karuta.bench.cards;

import java.util.Locale;

/** The parts of a task that shares samples with its partner, {@link Pair}. */
enum Part {
    /** In its own light, which tells it from its partner. */
    OWN,
    /** In the light of both, asked what both answer alike. */
    AGREED,
    /** In the light of both, asked what they answer differently. */
    CONTESTED;

    /** Its name in sample ids. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
