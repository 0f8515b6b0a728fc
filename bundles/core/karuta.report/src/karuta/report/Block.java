package karuta.report;

import java.util.List;

/** A piece of a report, whatever it will be printed as. */
public sealed interface Block {

    /** The title of what follows. */
    record Heading(String text) implements Block {}

    /** Sentences, each on a line of its own. */
    record Lines(List<String> lines) implements Block {}

    /**
     * A table. Its first column holds labels, the others figures.
     *
     * @param title says what is in it
     * @param heads one per column; a line feed in it begins a second line
     * @param rows as many cells each as there are heads
     * @param notes below the table
     */
    record Table(String title, List<String> heads, List<List<String>> rows, List<String> notes) implements Block {}
}
