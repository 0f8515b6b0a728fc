package karuta.bench.score.ctb;

import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import karuta.bench.score.rule.PythonText;

/** What the versions of MLLM-CTBench's rules share. */
final class CtbText {

    static final int CASELESS = Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    private static final int SHORT = 8;
    private static final double ALIKE = 0.6;
    private static final double TOLERANCE = 1e-3;
    private static final Pattern THOUGHTS = Pattern.compile("<think>.*?</think>", CASELESS);
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.?\\d*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern MARK = Pattern.compile("[!-/:-@\\[-`{-~]");

    private CtbText() {}

    static String withoutThoughts(String text) {
        return THOUGHTS.matcher(text).replaceAll(" ");
    }

    /** In lower case, words between single spaces, without punctuation of ASCII. */
    static String normal(String text) {
        var plain = MARK.matcher(PythonText.lower(text)).replaceAll(" ");
        return String.join(" ", PythonText.words(plain));
    }

    /** Whether the last numbers of two texts are the same to a thousandth. */
    static boolean sameNumber(String reference, String answer) {
        var expected = lastNumber(reference);
        var said = lastNumber(answer);
        return expected.isPresent()
                && said.isPresent()
                && Math.abs(expected.getAsDouble() - said.getAsDouble()) < TOLERANCE;
    }

    /** Whether two normal texts are much alike, the reference being no short one. */
    static boolean alike(String reference, String answer) {
        return PythonText.length(reference) > SHORT && SequenceMatcher.ratio(reference, answer) >= ALIKE;
    }

    private static OptionalDouble lastNumber(String text) {
        return NUMBER.matcher(text.replace(",", ""))
                .results()
                .map(MatchResult::group)
                .reduce((before, number) -> number)
                .map(PythonText::number)
                .orElse(OptionalDouble.empty());
    }
}
