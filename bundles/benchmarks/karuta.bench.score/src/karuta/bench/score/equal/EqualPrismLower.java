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
 * Right if answer and reference are the same text in lower case, once white space at both ends is gone: Prism's
 * OCR-VQA. An answer that contains "Unanswerable" is wrong even where that is the reference.
 */
@Component(name = "equal.prism-lower", factory = Scorer.KIND)
@Designate(ocd = EqualPrismLower.About.class)
@Paper("Prism, the rewrite of CoIN's and UCIT's scripts by LAMDA (LAMDA-CL/Prism, commit 7154be2):"
        + " its scorer of OCR-VQA")
@Rule(family = "equality", of = "Prism", usedBy = "OCR-VQA in Prism", mendedBy = "exact")
public final class EqualPrismLower implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Equality: Prism, lower case",
            description = "Right if answer and reference are the same text in lower case, once white space at both "
                    + "ends is gone: Prism's OCR-VQA. An answer that contains \"Unanswerable\" is wrong even where "
                    + "that is the reference.")
    public @interface About {}

    private static final String UNANSWERABLE = "Unanswerable";

    @Override
    public double score(String answer, String reference) {
        return !answer.contains(UNANSWERABLE) && normal(answer).equals(normal(reference)) ? 1 : 0;
    }

    private static String normal(String text) {
        return PythonText.lower(PythonText.strip(text));
    }
}
