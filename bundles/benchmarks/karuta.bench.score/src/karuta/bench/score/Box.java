package karuta.bench.score;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An upright rectangle.
 *
 * @param x1 left
 * @param y1 top
 * @param x2 right
 * @param y2 bottom
 */
record Box(double x1, double y1, double x2, double y2) {

    private static final String NUMBER = "\\s*([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)\\s*";
    private static final Pattern BOX =
            Pattern.compile("[\\[(]?" + NUMBER + "," + NUMBER + "," + NUMBER + "," + NUMBER + "[\\])]?");

    /** Reads {@code [x1,y1,x2,y2]}; other text around it does not matter, nor whether the brackets are there. */
    static Optional<Box> read(String text) {
        var box = BOX.matcher(text);
        if (!box.find()) {
            return Optional.empty();
        }
        return Optional.of(
                new Box(number(box.group(1)), number(box.group(2)), number(box.group(3)), number(box.group(4))));
    }

    private static double number(String text) {
        return Double.parseDouble(text);
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
}
