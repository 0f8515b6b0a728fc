package karuta.report.draw;

/** Texts that must fit. */
final class Labels {

    /** The width of a letter of most fonts, in its size. */
    private static final double LETTER = 0.56;

    private Labels() {}

    /** The text, or its beginning, within a width. */
    static String cut(String text, double width, double size) {
        var fits = (int) (width / (LETTER * size));
        return text.length() <= fits
                ? text
                : text.substring(0, Math.max(0, fits - 1)).stripTrailing() + "…";
    }

    /** How wide a text is, about. */
    static double width(String text, double size) {
        return LETTER * size * text.length();
    }
}
