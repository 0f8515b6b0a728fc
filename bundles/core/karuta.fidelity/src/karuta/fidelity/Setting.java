package karuta.fidelity;

/**
 * Something that the definition fixes and the arm has otherwise, by an option that says so. The equations stand.
 *
 * @param what such as {@code K, prompts used at once}
 * @param defined in the definition
 * @param actual in the arm
 */
public record Setting(String what, String defined, String actual) {

    /** A number, without a fraction if it is whole. */
    public Setting(String what, double defined, double actual) {
        this(what, number(defined), number(actual));
    }

    /** In words. */
    public String text() {
        return what + ": " + actual + " (the definition has " + defined + ")";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
