package karuta.bench.score.vqa;

import karuta.api.Paper;
import karuta.api.Rule;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.bench.score.rule.SampleScorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Counts how many of ten people gave the answer, four or more being 1, after the full clean-up of vqa.official on
 * both sides: Karuta's own mend. It still takes "a" for no answer at all.
 */
@Component(name = "vqa.full", factory = Scorer.KIND)
@Designate(ocd = VqaFull.About.class)
@Paper("Karuta's own, after Antol et al.: VQA, ICCV 2015")
@Rule(family = "ten answers", of = "Karuta", usedBy = "VQAv2, VizWiz, TextVQA", needs = "answers")
public final class VqaFull implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Soft accuracy, both sides cleaned up",
            description = "Counts how many of ten people gave the answer, four or more being 1, after the full "
                    + "clean-up of vqa.official on both sides: Karuta's own mend. It still takes \"a\" for no "
                    + "answer at all.")
    public @interface About {}

    private static final String ID = "vqa.full";

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var people = SoftAccuracy.answers(sample, ID);
        var said = AnswerText.vqa(answer);
        return new Scores.Score(
                SoftAccuracy.value(said, people.stream().map(AnswerText::vqa).toList()), said);
    }
}
