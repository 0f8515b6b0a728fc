package karuta.bench.score.choice;

import java.util.Optional;
import java.util.regex.Pattern;
import karuta.api.Sample;
import karuta.bench.score.rule.Field;

/** How the published scripts read an option's letter, A to E. */
final class Options {

    private static final String LETTERS = "ABCDE";
    private static final Pattern PLAIN = Pattern.compile("([A-E])(?:\\. .*)?", Pattern.DOTALL);
    private static final Pattern ANNOUNCED = Pattern.compile("The answer is ([A-Z])[^\\n]");

    private Options() {}

    /** The answer is a letter, or begins with one, a full stop and a space. */
    static Optional<String> letter(String answer) {
        var plain = PLAIN.matcher(answer);
        return plain.matches() ? Optional.of(plain.group(1)) : Optional.empty();
    }

    /** The letter that "The answer is" announces, if it does so once; else empty. */
    static String announced(String answer) {
        var letters =
                ANNOUNCED.matcher(answer).results().map(found -> found.group(1)).toList();
        return letters.size() == 1 ? letters.get(0) : "";
    }

    /** Empty if the letter is none, or none of a sample whose number of options is known. */
    static String offered(Sample sample, String letter) {
        var choices = Field.CHOICES.all(sample).size();
        var place = letter.length() == 1 ? LETTERS.indexOf(letter) : -1;
        return place < 0 || choices > 0 && place >= choices ? "" : letter;
    }
}
