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
 * Counts how many of ten people gave the answer, four or more being 1: the official evaluation of VQAv2 and
 * VizWiz, which cleans the answer up in full (punctuation, numbers in words, articles, contractions), but of the
 * ten the punctuation alone, and that only where they differ. Ten times "co-op" against "co-op" gives 0, and so
 * does "two" against people who wrote "two".
 */
@Component(name = "vqa.official", factory = Scorer.KIND)
@Designate(ocd = VqaOfficial.About.class)
@Paper("Antol et al.: VQA, ICCV 2015; Goyal et al.: VQA v2, CVPR 2017; Gurari et al.: VizWiz, CVPR" + " 2018")
@Rule(
        family = "ten answers",
        of = "VQA",
        usedBy = "VQAv2 and VizWiz outside of continual suites",
        needs = "answers",
        mendedBy = "vqa.full")
public final class VqaOfficial implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Soft accuracy: VQAv2 and VizWiz",
            description = "Counts how many of ten people gave the answer, four or more being 1: the official "
                    + "evaluation of VQAv2 and VizWiz, which cleans the answer up in full (punctuation, numbers "
                    + "in words, articles, contractions), but of the ten the punctuation alone, and that only "
                    + "where they differ. Ten times \"co-op\" against \"co-op\" gives 0, and so does \"two\" against "
                    + "people who wrote \"two\".")
    public @interface About {}

    private static final String ID = "vqa.official";

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var people = SoftAccuracy.answers(sample, ID);
        var said = AnswerText.vqa(answer);
        var same = people.stream().distinct().count() == 1;
        return new Scores.Score(
                SoftAccuracy.value(
                        said,
                        same ? people : people.stream().map(AnswerText::marks).toList()),
                said);
    }
}
