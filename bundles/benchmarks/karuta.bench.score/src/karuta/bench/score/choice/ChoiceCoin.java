package karuta.bench.score.choice;

import java.util.List;
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
 * Reads an option's letter: the whole answer, or its start before a full stop and a space, or else its first
 * isolated letter or digit in upper case: ScienceQA in CoIN, ModalPrompt and SMoLoRA. The article in "A cat" is
 * read as option A, and the S of "It's B" as an answer.
 */
@Component(name = "choice.coin", factory = Scorer.KIND)
@Designate(ocd = ChoiceCoin.About.class)
@Paper("Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024: its scorer of ScienceQA")
@Rule(
        family = "multiple choice",
        of = "CoIN",
        usedBy = "ScienceQA in CoIN, ModalPrompt and CVIT",
        takes = {"choices", "prompt"},
        mendedBy = "choice")
public final class ChoiceCoin implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Multiple choice: CoIN",
            description = "Reads an option's letter: the whole answer, or its start before a full stop and a space, "
                    + "or else its first isolated letter or digit in upper case: ScienceQA in CoIN, ModalPrompt "
                    + "and SMoLoRA. The article in \"A cat\" is read as option A, and the S of \"It's B\" as an "
                    + "answer.")
    public @interface About {}

    @Override
    public Scores score(List<Response> responses) {
        return WithImage.beside(responses, SampleScorer.super.score(responses));
    }

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var letter = Options.offered(sample, Options.letter(answer).orElseGet(() -> alone(answer)));
        return new Scores.Score(sample.references().contains(letter) ? 1 : 0, letter);
    }

    private static String alone(String answer) {
        return PythonText.upper(PythonText.alone(answer, PythonText::isWord).orElse(""));
    }
}
