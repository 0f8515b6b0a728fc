package karuta.intake;

/** Why something is left out. */
public enum Reason {
    /** It is no sample. */
    BROKEN("are broken"),
    /** Nothing is asked. */
    NO_QUESTION("have no question"),
    /** Nothing can be learned. */
    NO_ANSWER("have no answer"),
    /** No folder can be called so. */
    TASK("are of a task whose name cannot be used"),
    /** An image is not there. */
    MISSING("have an image that is not there"),
    /** An image lies where nothing may be read. */
    OUTSIDE("have an image outside of the folder"),
    /** An image cannot be read. */
    UNREADABLE("have an image that cannot be read"),
    /** It was there before. */
    DUPLICATE("stand there twice"),
    /** It has another answer elsewhere. */
    CONTRADICTION("have another answer elsewhere");

    private final String words;

    Reason(String words) {
        this.words = words;
    }

    /** The end of a sentence that begins with samples. */
    public String words() {
        return words;
    }
}
