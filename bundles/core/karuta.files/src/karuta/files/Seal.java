package karuta.files;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The SHA-256 of a text that stands in the text itself, so that nothing in it can change unseen: that of the text in which
 * the digits of the hash are zeros.
 *
 * @param before what stands in front of the digits, and nowhere else before them
 */
public record Seal(String before) {

    /** To be written where the digits will be. */
    public static final String BLANK = "0".repeat(Sha256.DIGITS);

    /** Where the digits begin; empty if there are none. */
    public Optional<Integer> place(String text) {
        var at = text.indexOf(before);
        return at < 0 || at + before.length() + Sha256.DIGITS > text.length()
                ? Optional.empty()
                : Optional.of(at + before.length());
    }

    /** A text with other digits. */
    public String with(String text, String digits) {
        var at = place(text).orElseThrow(() -> new IllegalArgumentException("no place for a seal"));
        return text.substring(0, at) + digits + text.substring(at + Sha256.DIGITS);
    }

    /** The digits in a text. */
    public String digits(String text) {
        var at = place(text).orElseThrow(() -> new IllegalArgumentException("no seal"));
        return text.substring(at, at + Sha256.DIGITS);
    }

    /** Seals a text that has {@link #BLANK} digits. */
    public String seal(String text) {
        return with(text, Sha256.of(text));
    }

    /** Whether a text is as it was sealed; false also for one without seal. */
    public boolean holds(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1); // a character per byte, whatever the bytes are
        return place(text)
                .filter(at -> new Sha256()
                        .add(with(text, BLANK).getBytes(StandardCharsets.ISO_8859_1))
                        .hex()
                        .equals(digits(text)))
                .isPresent();
    }
}
