package karuta.fidelity;

import java.math.BigDecimal;

/**
 * Something that the definition fixes and the arm has otherwise, by an option that says so. The equations stand.
 *
 * @param what such as {@code K, prompts used at once}
 * @param defined in the definition
 * @param actual in the arm
 */
public record Setting(String what, String defined, String actual) {

    /** A number, without trailing zeros. */
    public Setting(String what, double defined, double actual) {
        this(what, number(defined), number(actual));
    }

    /** In words. */
    public String text() {
        return what + ": " + actual + " (the definition has " + defined + ")";
    }

    private static String number(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
