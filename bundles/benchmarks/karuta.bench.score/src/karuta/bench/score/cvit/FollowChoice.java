package karuta.bench.score.cvit;

import java.util.regex.Pattern;
import karuta.api.Paper;
import karuta.api.Rule;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.bench.score.rule.PythonText;
import karuta.bench.score.rule.SampleScorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the answer is one letter from A to Z, trimmed, whatever the case: how often CVIT's ScienceQA is
 * answered in the form that was asked for. Which letter does not matter, and neither does whether there is such an
 * option.
 */
@Component(name = "follow.cvit-choice", factory = Scorer.KIND)
@Designate(ocd = FollowChoice.About.class)
@Paper("Wang et al.: SMoLoRA, ICCV 2025 (Minato-Zackie/SMoLoRA, commit ba50e07): eval_scienceqa_instruction.py")
@Rule(family = "form of the answer", of = "CVIT", usedBy = "ScienceQA in CVIT, beside its accuracy")
public final class FollowChoice implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Followed instruction: CVIT, ScienceQA",
            description = "Right if the answer is one letter from A to Z, trimmed, whatever the case: how"
                    + " often CVIT's ScienceQA is answered in the form that was asked for. Which "
                    + "letter does not matter, and neither does whether there is such an option.")
    public @interface About {}

    private static final Pattern LETTER = Pattern.compile("[A-Z]");

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var said = PythonText.upper(PythonText.strip(answer));
        return new Scores.Score(LETTER.matcher(said).matches() ? 1 : 0, said);
    }
}
