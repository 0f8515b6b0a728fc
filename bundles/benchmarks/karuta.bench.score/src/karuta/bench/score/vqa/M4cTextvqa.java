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
 * Counts how many of ten people gave the answer, four or more being 1, after M4C's clean-up of punctuation,
 * numbers in words, articles and contractions: TextVQA in all suites. The answer "a" becomes empty, "co-op" and
 * "co op" are the same, a minus is lost, and of more than 32 full stops the rest stays.
 */
@Component(name = "m4c.textvqa", factory = Scorer.KIND)
@Designate(ocd = M4cTextvqa.About.class)
@Paper("Hu, Singh, Darrell, Rohrbach: M4C, CVPR 2020; Singh et al.: TextVQA, CVPR 2019")
@Rule(family = "ten answers", of = "M4C", usedBy = "TextVQA in all suites", needs = "answers", mendedBy = "vqa.full")
public final class M4cTextvqa implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Soft accuracy: TextVQA (M4C)",
            description = "Counts how many of ten people gave the answer, four or more being 1, after M4C's clean-up "
                    + "of punctuation, numbers in words, articles and contractions: TextVQA in all suites. The "
                    + "answer \"a\" becomes empty, \"co-op\" and \"co op\" are the same, a minus is lost, and of more "
                    + "than 32 full stops the rest stays.")
    public @interface About {}

    private static final String ID = "m4c.textvqa";

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var people = SoftAccuracy.answers(sample, ID);
        var said = AnswerText.m4c(answer);
        return new Scores.Score(
                SoftAccuracy.value(said, people.stream().map(AnswerText::m4c).toList()), said);
    }
}
