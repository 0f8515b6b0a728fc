package karuta.bench.score.box;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import karuta.bench.score.rule.PythonText;

/**
 * An upright rectangle.
 *
 * @param x1 left
 * @param y1 top
 * @param x2 right
 * @param y2 bottom
 */
record Box(double x1, double y1, double x2, double y2) {

    private static final String DIGITS = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?";
    private static final String NUMBER = "\\s*(" + DIGITS + ")\\s*";
    private static final Pattern BOX =
            Pattern.compile("[\\[(]?" + NUMBER + "," + NUMBER + "," + NUMBER + "," + NUMBER + "[\\])]?");
    private static final Pattern ANY =
            Pattern.compile("-?\\d*\\.?\\d+(?:[eE][-+]?\\d+)?", Pattern.UNICODE_CHARACTER_CLASS);

    /** Reads {@code [x1,y1,x2,y2]}; other text around it does not matter, nor whether the brackets are there. */
    static Optional<Box> read(String text) {
        return boxes(text).findFirst();
    }

    /** The last box that {@link #read} would find. */
    static Optional<Box> last(String text) {
        return boxes(text).reduce((before, box) -> box);
    }

    /** The first four numbers as Prism finds them, whatever is between them. */
    static Optional<Box> firstFour(String text) {
        return of(ANY.matcher(text).results().map(MatchResult::group).limit(4).toList());
    }

    /** Of four texts that are numbers to Python; empty if there are not four, or one is none. */
    static Optional<Box> of(List<String> texts) {
        var numbers = texts.stream()
                .map(PythonText::number)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        return texts.size() == 4 && numbers.length == 4
                ? Optional.of(new Box(numbers[0], numbers[1], numbers[2], numbers[3]))
                : Optional.empty();
    }

    private static Stream<Box> boxes(String text) {
        return BOX.matcher(text)
                .results()
                .map(box -> new Box(
                        number(box.group(1)), number(box.group(2)), number(box.group(3)), number(box.group(4))));
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    /** In another unit. */
    Box times(double unit) {
        return new Box(x1 * unit, y1 * unit, x2 * unit, y2 * unit);
    }

    /** With its corners in order. */
    Box upright() {
        return new Box(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
    }

    private double area() {
        return Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
    }

    /** Area of the intersection divided by that of the union; 0 if neither has an area. */
    double iou(Box other) {
        var width = Math.min(x2, other.x2) - Math.max(x1, other.x1);
        var height = Math.min(y2, other.y2) - Math.max(y1, other.y1);
        var common = Math.max(0, width) * Math.max(0, height);
        var union = area() + other.area() - common;
        return union > 0 ? common / union : 0;
    }

    /** As the data writes it. */
    @Override
    public String toString() {
        return "[" + x1 + "," + y1 + "," + x2 + "," + y2 + "]";
    }
}
