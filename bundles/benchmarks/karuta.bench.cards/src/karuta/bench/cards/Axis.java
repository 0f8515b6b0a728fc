package karuta.bench.cards;

/** A respect in which the same answer can be given in several ways. */
public enum Axis {
    LENGTH,
    LANGUAGE,
    NUMBER,
    ASPECT,
    PLACE,
    DOUBT,
    ORDER,
    SPELLING
}
