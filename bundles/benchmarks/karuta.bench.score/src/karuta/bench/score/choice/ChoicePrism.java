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
 * Reads an option's letter as choice.hide does: ScienceQA in Prism. A letter beyond the options is not refused,
 * and "B.", "(B)" and "b" are wrong.
 */
@Component(name = "choice.prism", factory = Scorer.KIND)
@Designate(ocd = ChoicePrism.About.class)
@Paper("Prism, the rewrite of CoIN's and UCIT's scripts by LAMDA (LAMDA-CL/Prism, commit 7154be2):"
        + " its scorer of ScienceQA")
@Rule(family = "multiple choice", of = "Prism", usedBy = "ScienceQA in Prism", takes = "prompt", mendedBy = "choice")
public final class ChoicePrism implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Multiple choice: Prism",
            description = "Reads an option's letter as choice.hide does: ScienceQA in Prism. A letter beyond the "
                    + "options is not refused, and \"B.\", \"(B)\" and \"b\" are wrong.")
    public @interface About {}

    @Override
    public Scores score(List<Response> responses) {
        return WithImage.beside(responses, SampleScorer.super.score(responses));
    }

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var letter = Options.letter(answer).orElseGet(() -> Options.announced(answer));
        return new Scores.Score(sample.references().contains(letter) ? 1 : 0, letter);
    }
}
