package karuta.bench.score.ctb;

import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import karuta.api.Paper;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.bench.score.rule.Field;
import karuta.bench.score.rule.PythonText;
import karuta.bench.score.rule.SampleScorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * By the field task: math and numglue compare the last numbers, fomc the first of the words hawkish, dovish and
 * neutral, all others ask that the answer holds the reference or its first 30 characters, or is alike to 0.6 by
 * difflib where the reference has more than 8; what stands in think tags is left out. Where references are
 * letters, science is right for almost every text, and fomc and math never are.
 */
@Component(name = "ctb.v1", factory = Scorer.KIND)
@Designate(ocd = CtbV1.About.class)
@Paper("MLLM-CTBench, 2025 (yueluoshuangtian/MLLM-CTBench, commit 17d034b): _common.py, which its "
        + "matrix is made by")
public final class CtbV1 implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "MLLM-CTBench, version 1",
            description = "By the field task: math and numglue compare the last numbers, fomc the first of the words "
                    + "hawkish, dovish and neutral, all others ask that the answer holds the reference or its "
                    + "first 30 characters, or is alike to 0.6 by difflib where the reference has more than 8; "
                    + "what stands in think tags is left out. Where references are letters, science is right for "
                    + "almost every text, and fomc and math never are.")
    public @interface About {}

    private static final String ID = "ctb.v1";
    private static final int HEAD = 30;
    private static final int SHORT = 8;
    private static final double ALIKE = 0.6;
    private static final double TOLERANCE = 1e-3;
    private static final Pattern THOUGHTS =
            Pattern.compile("<think>.*?</think>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.?\\d*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern LABEL = Pattern.compile("hawkish|dovish|neutral");
    private static final Pattern MARK = Pattern.compile("[!-/:-@\\[-`{-~]");

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var task = Field.TASK.one(sample, ID);
        var right = sample.references().stream().anyMatch(reference -> switch (task) {
            case "math", "numglue" -> numbers(reference, answer);
            case "fomc" -> labels(reference, answer);
            default -> texts(normal(reference), normal(answer));
        });
        return new Scores.Score(right ? 1 : 0, normal(answer));
    }

    private static boolean texts(String reference, String answer) {
        if (reference.isEmpty()) {
            return false;
        }
        var length = PythonText.length(reference);
        var head = reference.substring(0, reference.offsetByCodePoints(0, Math.min(length, HEAD)));
        return answer.contains(head) || length > SHORT && SequenceMatcher.ratio(reference, answer) >= ALIKE;
    }

    private static boolean numbers(String reference, String answer) {
        var expected = lastNumber(reference);
        var said = lastNumber(answer);
        return expected.isPresent()
                && said.isPresent()
                && Math.abs(expected.getAsDouble() - said.getAsDouble()) < TOLERANCE;
    }

    private static OptionalDouble lastNumber(String text) {
        return NUMBER.matcher(withoutThoughts(text).replace(",", ""))
                .results()
                .map(MatchResult::group)
                .reduce((before, number) -> number)
                .map(PythonText::number)
                .orElse(OptionalDouble.empty());
    }

    private static boolean labels(String reference, String answer) {
        var expected = PythonText.lower(reference);
        var said = LABEL.matcher(PythonText.lower(withoutThoughts(answer)));
        return said.find() && expected.contains(said.group());
    }

    private static String normal(String text) {
        var plain = MARK.matcher(PythonText.lower(withoutThoughts(text))).replaceAll(" ");
        return String.join(" ", PythonText.words(plain));
    }

    private static String withoutThoughts(String text) {
        return THOUGHTS.matcher(text).replaceAll(" ");
    }
}
