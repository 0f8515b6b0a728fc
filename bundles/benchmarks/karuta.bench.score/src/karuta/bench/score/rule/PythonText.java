package karuta.bench.score.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Text as Python handles it, in which all published rules are written: its white space, its words, its numbers. */
public final class PythonText {

    private static final Pattern FINITE = Pattern.compile(
            "[-+]?(?:D(?:_?D)*\\.?(?:D(?:_?D)*)?|\\.D(?:_?D)*)(?:[eE][-+]?D(?:_?D)*)?".replace("D", "[0-9]"));

    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+(?:_[0-9]+)*");

    private PythonText() {}

    /** White space of {@code str.isspace}. */
    public static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == 0x85;
    }

    /** What {@code \w} matches: letters, all kinds of numbers, and the underscore; no combining marks. */
    public static boolean isWord(int character) {
        return switch (Character.getType(character)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> Character.isLetter(character) || character == '_';
        };
    }

    /** The first character of a kind with no word character beside it, what {@code \b[...]\b} finds. */
    public static Optional<String> alone(String text, IntPredicate kind) {
        var characters = text.codePoints().toArray();
        for (var i = 0; i < characters.length; i++) {
            if (kind.test(characters[i])
                    && (i == 0 || !isWord(characters[i - 1]))
                    && (i + 1 == characters.length || !isWord(characters[i + 1]))) {
                return Optional.of(Character.toString(characters[i]));
            }
        }
        return Optional.empty();
    }

    /** {@code str.strip()}. */
    public static String strip(String text) {
        var characters = text.codePoints().toArray();
        var from = 0;
        while (from < characters.length && isSpace(characters[from])) {
            from++;
        }
        return stripEnd(new String(characters, from, characters.length - from));
    }

    /** {@code str.rstrip()}. */
    public static String stripEnd(String text) {
        var characters = text.codePoints().toArray();
        var to = characters.length;
        while (to > 0 && isSpace(characters[to - 1])) {
            to--;
        }
        return new String(characters, 0, to);
    }

    /** {@code str.split()}: the pieces between white space, none of them empty. */
    public static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (!isSpace(character)) {
                word.appendCodePoint(character);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        });
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** {@code str.lower()}, whatever the machine's language. */
    public static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** {@code str.upper()}, whatever the machine's language. */
    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** {@code len(str)}: characters, not the halves of surrogate pairs. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * {@code float(str)} where it gives a finite number: digits of all scripts, underscores between digits and white space
     * around are allowed, {@code 0.5f} and hexadecimal numbers are not. Words such as {@code nan} give none.
     */
    public static OptionalDouble number(String text) {
        var digits = digits(text);
        if (!FINITE.matcher(digits).matches()) {
            return OptionalDouble.empty();
        }
        var value = Double.parseDouble(digits.replace("_", ""));
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** {@code int(str)}. */
    public static Optional<BigInteger> integer(String text) {
        var digits = digits(text);
        return WHOLE.matcher(digits).matches()
                ? Optional.of(new BigInteger(digits.replace("_", "")))
                : Optional.empty();
    }

    private static String digits(String text) {
        return strip(text)
                .codePoints()
                .map(character -> Character.isDigit(character) ? '0' + Character.digit(character, 10) : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
