package karuta.report.draw;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import karuta.report.draw.Mark.Point;

/** Figures as SVG. */
public final class Svg {

    private static final String FONT =
            "font-family: ui-sans-serif, system-ui, 'Segoe UI', Helvetica, Arial, sans-serif;";

    private Svg() {}

    /** For a page that has the rules of {@link Tone}. */
    public static String inline(Figure figure, String cssClass) {
        return write(figure, " class=\"" + escape(cssClass) + "\"", "");
    }

    /** A file of its own, on light paper. */
    public static String file(Figure figure) {
        var style = "<style>svg { " + Tone.variables(false) + " " + FONT + " } .strong { font-weight: 600; }\n"
                + Tone.rules() + "</style><rect width=\"100%\" height=\"100%\" class=\"f-paper\"/>";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + write(
                        figure,
                        " xmlns=\"http://www.w3.org/2000/svg\" width=\"" + n(figure.width()) + "\" height=\""
                                + n(figure.height()) + "\"",
                        style)
                + "\n";
    }

    private static String write(Figure figure, String attributes, String before) {
        return "<svg" + attributes + " viewBox=\"0 0 " + n(figure.width()) + " " + n(figure.height())
                + "\" role=\"img\"><title>" + escape(figure.title()) + "</title>" + before
                + figure.marks().stream().map(Svg::of).collect(Collectors.joining())
                + "</svg>";
    }

    private static String of(Mark mark) {
        if (mark instanceof Mark.Line line) {
            return "<polyline class=\"l-%s\" points=\"%s\" stroke-width=\"%s\"%s stroke-linejoin=\"round\"/>"
                    .formatted(
                            line.tone().css(),
                            points(line.points()),
                            n(line.width()),
                            line.dashed() ? " stroke-dasharray=\"5 4\"" : "");
        }
        if (mark instanceof Mark.Area area) {
            return "<polygon class=\"f-%s\" points=\"%s\" fill-opacity=\"0.13\"/>"
                    .formatted(area.tone().css(), points(area.points()));
        }
        if (mark instanceof Mark.Dot dot) {
            return dot(dot);
        }
        if (mark instanceof Mark.Box box) {
            return "<rect class=\"f-%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\">%s</rect>"
                    .formatted(
                            box.tone().css(),
                            n(box.at().x()),
                            n(box.at().y()),
                            n(box.width()),
                            n(box.height()),
                            tip(box.tip()));
        }
        var text = (Mark.Text) mark;
        return "<text class=\"f-%s%s\" x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\">%s</text>"
                .formatted(
                        text.tone().css(),
                        text.strong() ? " strong" : "",
                        n(text.at().x()),
                        n(text.at().y()),
                        n(text.size()),
                        text.anchor().name().toLowerCase(Locale.ROOT),
                        escape(text.text()));
    }

    private static String dot(Mark.Dot dot) {
        var paint = dot.hollow()
                ? " class=\"l-%s\" stroke-width=\"1.2\"".formatted(dot.tone().css())
                : " class=\"f-%s\"".formatted(dot.tone().css());
        if (dot.shape() == Mark.Shape.CIRCLE) {
            return "<circle%s cx=\"%s\" cy=\"%s\" r=\"%s\">%s</circle>"
                    .formatted(paint, n(dot.at().x()), n(dot.at().y()), n(dot.radius()), tip(dot.tip()));
        }
        return "<polygon%s points=\"%s\">%s</polygon>".formatted(paint, points(outline(dot)), tip(dot.tip()));
    }

    /** The corners of a dot that is no circle. */
    static List<Point> outline(Mark.Dot dot) {
        var x = dot.at().x();
        var y = dot.at().y();
        var r = dot.radius();
        return switch (dot.shape()) {
            case TRIANGLE ->
                List.of(
                        new Point(x, y - 1.2 * r),
                        new Point(x + 1.1 * r, y + 0.8 * r),
                        new Point(x - 1.1 * r, y + 0.8 * r));
            case DIAMOND ->
                List.of(
                        new Point(x, y - 1.25 * r),
                        new Point(x + 1.25 * r, y),
                        new Point(x, y + 1.25 * r),
                        new Point(x - 1.25 * r, y));
            default ->
                List.of(
                        new Point(x - 0.9 * r, y - 0.9 * r),
                        new Point(x + 0.9 * r, y - 0.9 * r),
                        new Point(x + 0.9 * r, y + 0.9 * r),
                        new Point(x - 0.9 * r, y + 0.9 * r));
        };
    }

    private static String tip(String tip) {
        return tip.isEmpty() ? "" : "<title>" + escape(tip) + "</title>";
    }

    private static String points(List<Point> points) {
        return points.stream().map(point -> n(point.x()) + "," + n(point.y())).collect(Collectors.joining(" "));
    }

    private static String n(double number) {
        var text = String.format(Locale.ROOT, "%.1f", number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** For texts and attributes of XML and HTML; characters that XML cannot hold become a replacement. */
    public static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF;
    }
}
