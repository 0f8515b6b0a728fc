package karuta.bench.cards;

/** How an answer shall be given in one respect. The first of an axis is what holds if nothing is said. */
public enum Directive {
    /** The answer alone. What holds if nothing is said depends on the question. */
    SHORT(Axis.LENGTH),
    /** "it is" before the answer. */
    SENTENCE(Axis.LENGTH),
    ENGLISH(Axis.LANGUAGE),
    /** Japanese in Latin letters. */
    ROMAJI(Axis.LANGUAGE),
    /** Numbers as words. */
    WORDS(Axis.NUMBER),
    DIGITS(Axis.NUMBER),
    /** A thing by its name. */
    NAME(Axis.ASPECT),
    /** A thing by its colour. */
    COLOR(Axis.ASPECT),
    /** A thing by its colour and name. */
    FULL(Axis.ASPECT),
    /** What a thing is a kind of. */
    CATEGORY(Axis.ASPECT),
    /** A thing by its letter in the multiple-choice list of its sort. */
    OPTION(Axis.ASPECT),
    /** A place as row and column. */
    CELL(Axis.PLACE),
    /** A place as {@code [x1,y1,x2,y2]}, the corners of its cell in parts of the picture's width and height. */
    BOX(Axis.PLACE),
    /** Always an answer. */
    BOLD(Axis.DOUBT),
    /** "unanswerable" when the picture is out of focus. */
    CAREFUL(Axis.DOUBT),
    FORWARD(Axis.ORDER),
    /** The last word first. */
    BACKWARD(Axis.ORDER),
    /** By words. */
    WHOLE(Axis.SPELLING),
    /** Byte by byte, as a language model writes words that it has no token for. The text stays the same. */
    SPELLED(Axis.SPELLING);

    private final Axis axis;

    Directive(Axis axis) {
        this.axis = axis;
    }

    /** What it is about. */
    public Axis axis() {
        return axis;
    }
}
