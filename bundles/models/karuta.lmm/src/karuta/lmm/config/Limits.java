package karuta.lmm.config;

import karuta.api.KarutaException;

/** The largest sizes that are believed: several times those of the largest models, small enough to compute with. */
final class Limits {

    static final int HIDDEN = 1 << 16;
    static final int INTERMEDIATE = 1 << 19;
    static final int LAYERS = 1 << 10;
    static final int HEADS = 1 << 10;
    static final int VOCABULARY = 1 << 22;
    static final int POSITIONS = 1 << 24;
    static final int IMAGE = 1 << 12;

    private Limits() {}

    static void requireDivisible(Json json, int hidden, int heads) {
        if (hidden % heads != 0) {
            throw new KarutaException(
                    json.where() + " says hidden_size = " + hidden + ", which " + heads + " heads cannot share.",
                    "Fetch the file again, or mend it.");
        }
    }
}
