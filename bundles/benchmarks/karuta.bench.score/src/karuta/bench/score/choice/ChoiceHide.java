package karuta.bench.score.choice;

import java.util.List;
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
 * Reads an option's letter: the whole answer, or its start before a full stop and a space, or else what follows
 * the words "The answer is " where these, a capital and one more character stand exactly once: ScienceQA in HiDe-
 * LLaVA. "B.", "(B)", "b" and "The answer is B" are all wrong, which counts against models that write so.
 */
@Component(name = "choice.hide", factory = Scorer.KIND)
@Designate(ocd = ChoiceHide.About.class)
@Paper("Guo, Zeng, Zhu, Chen, Zhang, Liu: HiDe-LLaVA, ACL 2025: its scorer of ScienceQA")
@Rule(
        family = "multiple choice",
        of = "HiDe-LLaVA",
        usedBy = "ScienceQA in HiDe-LLaVA and MCITlib",
        takes = {"choices", "prompt"},
        mendedBy = "choice")
public final class ChoiceHide implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Multiple choice: HiDe-LLaVA",
            description = "Reads an option's letter: the whole answer, or its start before a full stop and a space, "
                    + "or else what follows the words \"The answer is \" where these, a capital and one more "
                    + "character stand exactly once: ScienceQA in HiDe-LLaVA. \"B.\", \"(B)\", \"b\" and \"The answer is"
                    + " B\" are all wrong, which counts against models that write so.")
    public @interface About {}

    @Override
    public Scores score(List<Response> responses) {
        return WithImage.beside(responses, SampleScorer.super.score(responses));
    }

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var letter = Options.offered(sample, Options.letter(answer).orElseGet(() -> Options.announced(answer)));
        return new Scores.Score(sample.references().contains(letter) ? 1 : 0, letter);
    }
}
