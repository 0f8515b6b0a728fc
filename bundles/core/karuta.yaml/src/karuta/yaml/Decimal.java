package karuta.yaml;

import java.util.Optional;
import java.util.regex.Pattern;

/** Decimal numbers as YAML and JSON write them: Java's own parser also takes {@code 1d}, {@code NaN} and {@code 0x1p3}. */
public final class Decimal {

    private static final Pattern FORM = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private Decimal() {}

    /** A number that 32 bits can hold, since that is what models compute in; empty if the text is none. */
    public static Optional<Double> read(String text) {
        return Optional.of(text)
                .filter(t -> FORM.matcher(t).matches())
                .map(Double::valueOf)
                .filter(number -> Math.abs(number) <= Float.MAX_VALUE);
    }
}
