package karuta.report;

import java.util.Locale;
import java.util.OptionalDouble;
import karuta.metrics.MeanAndDeviation;
import karuta.metrics.PairedDifference;

/** Numbers as tables show them, whatever the locale. */
final class Numbers {

    /** What a table shows where there is no number. */
    static final String NONE = "-";

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Numbers() {}

    /** A score, mostly from 0 to 1, in percent; {@link #NONE} for NaN. */
    static String percent(double score) {
        if (Double.isNaN(score)) {
            return NONE;
        }
        var text = decimal(100 * score, 1);
        return text.equals("-0.0") ? "0.0" : text;
    }

    /** Mean and standard deviation in percent. */
    static String percent(MeanAndDeviation spread) {
        return percent(spread.mean()) + plusMinus(spread.deviation());
    }

    /** A difference in percentage points; a star where its interval excludes 0. */
    static String points(PairedDifference difference) {
        var mean = percent(difference.mean());
        return (difference.mean() > 0 && !mean.equals("0.0") ? "+" : "")
                + mean
                + plusMinus(difference.margin())
                + (difference.significant() ? "*" : "");
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String bytes(long number) {
        var value = (double) number;
        var unit = 0;
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return decimal(value, unit == 0 ? 0 : 1) + " " + UNITS[unit];
    }

    static String decimal(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    private static String plusMinus(OptionalDouble width) {
        return width.isPresent() ? " ± " + percent(width.getAsDouble()) : "";
    }
}
