package karuta.bench.score.equal;

import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.bench.score.rule.PythonText;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if answer and reference are the same text in lower case: CoIN's OCR-VQA. Nothing is trimmed, and an answer
 * that contains "Unanswerable" is wrong even where that is the reference.
 */
@Component(name = "equal.coin-lower", factory = Scorer.KIND)
@Designate(ocd = EqualCoinLower.About.class)
@Paper("Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024: its scorer of OCR-VQA")
@Rule(family = "equality", of = "CoIN", usedBy = "OCR-VQA in CoIN and CVIT", mendedBy = "exact")
public final class EqualCoinLower implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Equality: CoIN, lower case",
            description = "Right if answer and reference are the same text in lower case: CoIN's OCR-VQA. Nothing is "
                    + "trimmed, and an answer that contains \"Unanswerable\" is wrong even where that is the "
                    + "reference.")
    public @interface About {}

    private static final String UNANSWERABLE = "Unanswerable";

    @Override
    public double score(String answer, String reference) {
        return !answer.contains(UNANSWERABLE) && PythonText.lower(answer).equals(PythonText.lower(reference)) ? 1 : 0;
    }
}
