package karuta.bench.score.ctb;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import karuta.api.Sample;
import karuta.api.Scores;
import karuta.bench.score.rule.Field;
import karuta.bench.score.rule.PythonText;

/**
 * What a model says between answer tags, or else outside of its thoughts, and how it is judged by the task: a letter, a
 * number, a text.
 */
final class TaggedAnswer {

    private static final String SPACE = "[\\s\\x1c-\\x1f]*";
    private static final String LETTER = "\\A\\(?" + SPACE + "([A-Ha-h])" + SPACE;
    private static final Pattern LISTED = Pattern.compile(LETTER + "[.):,]", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WHOLE = Pattern.compile(LETTER + "\\z", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern ANSWER = Pattern.compile("<answer>(.*?)</answer>", CtbText.CASELESS);
    private static final Pattern OPEN_THOUGHT = Pattern.compile("<think>.*", CtbText.CASELESS);
    private static final Pattern TAG = Pattern.compile("</?answer>", CtbText.CASELESS);
    private static final Pattern SINGLE = Pattern.compile("[A-Ha-h]");

    private TaggedAnswer() {}

    /**
     * @param agrees whether a normal text says the reference "yes" or "no", in which the two versions of this rule differ
     */
    static Scores.Score score(Sample sample, String answer, String rule, BiPredicate<String, String> agrees) {
        var task = Field.TASK.one(sample, rule);
        var said = read(answer);
        var right = sample.references().stream().anyMatch(reference -> switch (task) {
            case "fomc", "science" -> choice(reference, said);
            case "math" -> math(reference, said, agrees);
            case "numglue" -> CtbText.sameNumber(reference, said);
            default -> text(reference, said);
        });
        return new Scores.Score(right ? 1 : 0, said);
    }

    private static String read(String text) {
        return PythonText.strip(ANSWER.matcher(text)
                .results()
                .map(found -> found.group(1))
                .reduce((before, last) -> last)
                .orElseGet(() -> untagged(CtbText.withoutThoughts(text))));
    }

    private static String untagged(String text) {
        return OPEN_THOUGHT.matcher(TAG.matcher(text).replaceAll(" ")).replaceAll(" ");
    }

    private static boolean math(String reference, String said, BiPredicate<String, String> agrees) {
        var expected = PythonText.strip(reference);
        var lower = PythonText.lower(expected);
        if (SINGLE.matcher(expected).matches()) {
            return choice(reference, said);
        }
        return lower.equals("yes") || lower.equals("no")
                ? agrees.test(CtbText.normal(said), lower)
                : CtbText.sameNumber(reference, said) || text(reference, said);
    }

    private static boolean choice(String reference, String said) {
        var expected = letter(PythonText.upper(PythonText.strip(reference)));
        var given = letter(said);
        return expected.isPresent() && given.isPresent() ? expected.equals(given) : text(reference, said);
    }

    private static Optional<String> letter(String text) {
        var plain = PythonText.strip(text);
        for (var form : new Pattern[] {LISTED, WHOLE}) {
            var found = form.matcher(plain);
            if (found.find()) {
                return Optional.of(PythonText.upper(found.group(1)));
            }
        }
        return PythonText.alone(PythonText.upper(plain), character -> character >= 'A' && character <= 'H');
    }

    private static boolean text(String reference, String said) {
        var expected = CtbText.normal(reference);
        var given = CtbText.normal(said);
        return !expected.isEmpty() && (given.contains(expected) || CtbText.alike(expected, given));
    }
}
