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
 * Right if the answer ends with a full stop and has more than four words, or else is a part of a reference
 * whatever the case: how often CVIT's captions come as one sentence. A reference without a full stop at its end
 * does not follow the instruction itself, and any five words with one do.
 */
@Component(name = "follow.cvit-caption", factory = Scorer.KIND)
@Designate(ocd = FollowCaption.About.class)
@Paper("Wang et al.: SMoLoRA, ICCV 2025 (Minato-Zackie/SMoLoRA, commit ba50e07): eval_caption_instruction.py")
@Rule(family = "form of the answer", of = "CVIT", usedBy = "captions in CVIT, beside their CIDEr")
public final class FollowCaption implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Followed instruction: CVIT, captions",
            description = "Right if the answer ends with a full stop and has more than four words, or "
                    + "else is a part of a reference whatever the case: how often CVIT's captions "
                    + "come as one sentence. A reference without a full stop at its end does not "
                    + "follow the instruction itself, and any five words with one do.")
    public @interface About {}

    private static final int MANY = 4;

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var said = PythonText.strip(answer);
        var sentence = PythonText.words(said).size() > MANY
                || sample.references().stream()
                        .anyMatch(reference -> PythonText.lower(reference).contains(PythonText.lower(said)));
        return new Scores.Score(said.endsWith(".") && sentence ? 1 : 0, said);
    }
}
