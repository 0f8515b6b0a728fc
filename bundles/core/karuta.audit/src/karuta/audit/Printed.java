package karuta.audit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number as a table prints it.
 *
 * @param value in points of the table's scale
 * @param decimals how many digits stand behind the point
 * @param mean whether a deviation stands beside it, so that it is a mean over runs
 */
record Printed(BigDecimal value, int decimals, boolean mean) {

    private static final Pattern NUMBER =
            Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))\\s*%?\\s*((?:±|\\+/-|\\\\pm|\\().*)?");

    /**
     * Reads a cell.
     *
     * @param cell may be bold in Markdown, end with a percent sign, or have a deviation behind it: {@code **28.74**},
     *     {@code 28.74 ± 0.31}, {@code 28.74 (0.31)}
     * @return nothing if it is no number
     */
    static Optional<Printed> read(String cell) {
        var text = cell.strip()
                .replace("*", "")
                .replace("−", "-")
                .replace("–", "-")
                .strip();
        var match = NUMBER.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var value = new BigDecimal(match.group(1));
        return Optional.of(new Printed(value, Math.max(0, value.scale()), match.group(2) != null));
    }

    /** Whether a cell is a number, or would be one with a point instead of its comma. */
    static boolean isMeantAsNumber(String cell) {
        return read(cell.strip().replaceFirst("^([+-]?\\d+),(\\d+)$", "$1.$2")).isPresent();
    }

    /** Whether a cell says that there is no number. */
    static boolean isBlank(String cell) {
        return cell.strip().matches("[-–—?/]*|(?i:n/?a|nan|none)");
    }

    /** One of the last digit: half of it is lost by rounding. */
    double unit() {
        return Math.pow(10, -decimals);
    }

    double number() {
        return value.doubleValue();
    }

    /** What would be printed of another value, with as many digits. */
    BigDecimal like(double other) {
        return BigDecimal.valueOf(other).setScale(decimals, RoundingMode.HALF_EVEN);
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
