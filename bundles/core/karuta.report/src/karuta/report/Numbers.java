package karuta.report;

import java.util.Locale;
import java.util.OptionalDouble;
import karuta.metrics.MeanAndDeviation;
import karuta.metrics.PairedDifference;
import karuta.metrics.statistics.Interval;

/** Numbers as tables show them, whatever the locale. */
public final class Numbers {

    /** What a table shows where there is no number. */
    public static final String NONE = "-";

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E", "Z"};

    private Numbers() {}

    /** A score, mostly from 0 to 1, in percent; {@link #NONE} for NaN. */
    public static String percent(double score) {
        if (Double.isNaN(score)) {
            return NONE;
        }
        var text = decimal(100 * score, 1);
        return text.equals("-0.0") ? "0.0" : text;
    }

    /** Mean and standard deviation in percent. */
    public static String percent(MeanAndDeviation spread) {
        return percent(spread.mean()) + plusMinus(spread.deviation());
    }

    /** An interval in percent. */
    static String percent(Interval interval) {
        return "[" + percent(interval.low()) + ", " + percent(interval.high()) + "]";
    }

    /** A difference in percentage points, with half its interval. */
    static String points(PairedDifference difference) {
        return points(difference.mean()) + plusMinus(difference.margin());
    }

    /** A difference in percentage points. */
    static String points(double difference) {
        var points = percent(difference);
        return (difference > 0 && !points.equals("0.0") ? "+" : "") + points;
    }

    /** An interval of a difference in percentage points. */
    static String points(Interval interval) {
        return "[" + points(interval.low()) + ", " + points(interval.high()) + "]";
    }

    /** A p value: three digits. */
    static String p(double p) {
        return p < 0.0005 ? "<0.001" : decimal(p, 3);
    }

    /** A whole number with commas. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as {@code 1.1 MB}. */
    public static String bytes(long number) {
        return scaled(number, UNITS);
    }

    /** A number of operations, such as {@code 3.4 T}; 1000 of a unit are one of the next. */
    static String operations(double number) {
        return scaled(number, PREFIXES);
    }

    private static String scaled(double number, String[] units) {
        var value = number;
        var unit = 0;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return (decimal(value, unit == 0 ? 0 : 1) + " " + units[unit]).strip();
    }

    /** With that many digits behind the point. */
    public static String decimal(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    private static String plusMinus(OptionalDouble width) {
        return width.isPresent() ? " ± " + percent(width.getAsDouble()) : "";
    }
}
