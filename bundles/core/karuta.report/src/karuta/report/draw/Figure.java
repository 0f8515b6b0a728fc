package karuta.report.draw;

import java.util.List;

/**
 * A figure that is not painted yet.
 *
 * @param name of its file
 * @param title for those who do not see it: what it shows
 * @param width in pixels of CSS
 * @param height in pixels of CSS
 * @param marks the later ones on the earlier
 */
public record Figure(String name, String title, double width, double height, List<Mark> marks) {

    /** Copies the list. */
    public Figure {
        marks = List.copyOf(marks);
    }
}
