package karuta.tiny;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a text into the pieces that may be one token, as the pre-tokenizer of the written file does. */
final class Segments {

    /** A word, a number or another character, each with the space before it; further spaces one by one. */
    static final String REGEX = "@?\\p{L}+|@?\\d+(?:\\.\\d+)?|@?[^\\s\\p{L}\\d@]|\\s|@".replace("@", Vocabulary.SPACE);

    private static final Pattern PATTERN = Pattern.compile(REGEX);

    private Segments() {}

    static List<String> of(String text) {
        var pieces = new ArrayList<String>();
        if (!text.isEmpty()) {
            var matcher = PATTERN.matcher((" " + text).replace(" ", Vocabulary.SPACE));
            while (matcher.find()) {
                pieces.add(matcher.group());
            }
        }
        return pieces;
    }
}
