package karuta.bench.score.cvit;

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
 * Right if the answer has at most two words or is the reference whatever the case: how often CVIT's short
 * questions are answered in the form that was asked for. An empty answer follows the instruction, and so does any
 * nonsense of two words.
 */
@Component(name = "follow.cvit-words", factory = Scorer.KIND)
@Designate(ocd = FollowWords.About.class)
@Paper("Wang et al.: SMoLoRA, ICCV 2025 (Minato-Zackie/SMoLoRA, commit ba50e07): eval_vqa_instruction.py")
@Rule(family = "form of the answer", of = "CVIT", usedBy = "short answers in CVIT, beside their accuracy")
public final class FollowWords implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Followed instruction: CVIT, short answers",
            description = "Right if the answer has at most two words or is the reference whatever the "
                    + "case: how often CVIT's short questions are answered in the form that was asked"
                    + " for. An empty answer follows the instruction, and so does any nonsense of two"
                    + " words.")
    public @interface About {}

    private static final int FEW = 2;

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var said = PythonText.strip(answer);
        var follows = PythonText.words(said).size() <= FEW
                || sample.references().stream()
                        .anyMatch(reference -> PythonText.lower(said).equals(PythonText.lower(reference)));
        return new Scores.Score(follows ? 1 : 0, said);
    }
}
