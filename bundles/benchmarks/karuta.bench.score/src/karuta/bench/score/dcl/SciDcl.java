package karuta.bench.score.dcl;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * Images named AI2D_, TQA_, VQA_ or SciVerse_ ask for equality in lower case; of the others, prompts with "Which
 * states" count the share of the reference's comma pieces that are among the answer's, and the rest asks that the
 * answer contains the reference. Spaces after commas make pieces differ, and wrong pieces cost nothing; an answer
 * that contains "Unanswerable" is wrong.
 */
@Component(name = "sci.dcl", factory = Scorer.KIND)
@Designate(ocd = SciDcl.About.class)
@Paper("Zhao et al.: MLLM-CL, 2025 (bjzhb666/MLLM-CL, commit 80bf389): its scorer of Sci")
@Rule(
        family = "by kind of question",
        of = "MLLM-CL",
        usedBy = "Sci in MLLM-DCL",
        takes = {"image", "prompt"},
        mendedBy = "exact")
public final class SciDcl implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "By image name: MLLM-DCL, Sci",
            description = "Images named AI2D_, TQA_, VQA_ or SciVerse_ ask for equality in lower case; of the others,"
                    + " prompts with \"Which states\" count the share of the reference's comma pieces that are "
                    + "among the answer's, and the rest asks that the answer contains the reference. Spaces after"
                    + " commas make pieces differ, and wrong pieces cost nothing; an answer that contains "
                    + "\"Unanswerable\" is wrong.")
    public @interface About {}

    private static final String ID = "sci.dcl";
    private static final String UNANSWERABLE = "Unanswerable";
    private static final Set<String> EQUAL = Set.of("AI2D", "TQA", "VQA", "SciVerse");

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var said = PythonText.lower(answer);
        var value = answer.contains(UNANSWERABLE)
                ? 0
                : sample.references().stream()
                        .mapToDouble(reference -> value(sample, said, PythonText.lower(reference)))
                        .max()
                        .orElseThrow();
        return new Scores.Score(value, said);
    }

    private static double value(Sample sample, String said, String reference) {
        if (EQUAL.contains(source(Field.image(sample, ID)))) {
            return said.equals(reference) ? 1 : 0;
        }
        if (Field.prompt(sample).contains("Which states")) {
            var pieces = List.of(reference.split(",", -1));
            var given = new HashSet<>(List.of(said.split(",", -1)));
            return (double) pieces.stream().filter(given::contains).count() / pieces.size();
        }
        return said.contains(reference) ? 1 : 0;
    }

    /** The image's file name up to the first underscore. */
    private static String source(String image) {
        return image.substring(image.lastIndexOf('/') + 1).split("_", 2)[0];
    }
}
