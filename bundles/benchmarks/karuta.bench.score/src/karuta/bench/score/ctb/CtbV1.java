package karuta.bench.score.ctb;

import java.util.regex.Pattern;
import karuta.api.Paper;
import karuta.api.Rule;
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
@Rule(family = "by kind of question", of = "MLLM-CTBench", usedBy = "all its tasks; its matrix", needs = "task")
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
    private static final Pattern LABEL = Pattern.compile("hawkish|dovish|neutral");

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var task = Field.TASK.one(sample, ID);
        var said = CtbText.withoutThoughts(answer);
        var right = sample.references().stream().anyMatch(reference -> switch (task) {
            case "math", "numglue" -> CtbText.sameNumber(CtbText.withoutThoughts(reference), said);
            case "fomc" -> labels(reference, said);
            default -> texts(CtbText.normal(CtbText.withoutThoughts(reference)), CtbText.normal(said));
        });
        return new Scores.Score(right ? 1 : 0, CtbText.normal(said));
    }

    private static boolean texts(String reference, String answer) {
        if (reference.isEmpty()) {
            return false;
        }
        var head =
                reference.substring(0, reference.offsetByCodePoints(0, Math.min(PythonText.length(reference), HEAD)));
        return answer.contains(head) || CtbText.alike(reference, answer);
    }

    private static boolean labels(String reference, String answer) {
        var label = LABEL.matcher(PythonText.lower(answer));
        return label.find() && PythonText.lower(reference).contains(label.group());
    }
}
