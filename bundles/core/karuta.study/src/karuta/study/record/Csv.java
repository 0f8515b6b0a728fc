package karuta.study.record;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180, lines end with a line feed). */
public final class Csv {

    private Csv() {}

    /** A line with its end. */
    public static String line(List<String> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n"));
    }

    /** At least one decimal, at most four: enough for a score over 10,000 samples in percent. */
    static String number(double value) {
        return new DecimalFormat("0.0###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    private static String field(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
