package karuta.report.draw;

import java.util.List;

/** A piece of a figure. Coordinates are in pixels of CSS, from the top left. */
public sealed interface Mark {

    /** A place. */
    record Point(double x, double y) {}

    /** How a line or a dot is told from others, beside its colour. */
    enum Shape {
        CIRCLE,
        SQUARE,
        TRIANGLE,
        DIAMOND
    }

    /** Where a text stands, seen from its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** A line through points. */
    record Line(List<Point> points, Tone tone, double width, boolean dashed) implements Mark {}

    /** A faint area between points. */
    record Area(List<Point> points, Tone tone) implements Mark {}

    /** A dot; a hollow one stands for a single run. */
    record Dot(Point at, double radius, Shape shape, Tone tone, boolean hollow, String tip) implements Mark {}

    /** A filled rectangle. */
    record Box(Point at, double width, double height, Tone tone, String tip) implements Mark {}

    /** A text on one line, its point on the base line. */
    record Text(Point at, String text, Anchor anchor, Tone tone, double size, boolean strong) implements Mark {}
}
