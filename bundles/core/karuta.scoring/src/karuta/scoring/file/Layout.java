package karuta.scoring.file;

/** How the records lie in a file. */
public enum Layout {
    LINES("a record a line"),
    ARRAY("a JSON array"),
    OBJECT("one JSON object");

    private final String words;

    Layout(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
