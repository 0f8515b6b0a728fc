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
 * Right if answer and reference are the same text in upper case, once white space at both ends is gone: Prism's
 * VQAv2 and VizWiz. A full stop at the end still makes an answer wrong, and one reference stands for ten human
 * answers.
 */
@Component(name = "equal.prism-upper", factory = Scorer.KIND)
@Designate(ocd = EqualPrismUpper.About.class)
@Paper("Prism, the rewrite of CoIN's and UCIT's scripts by LAMDA (LAMDA-CL/Prism, commit 7154be2):"
        + " its scorers of VQAv2 and VizWiz")
@Rule(family = "equality", of = "Prism", usedBy = "VQAv2 and VizWiz in Prism", mendedBy = "exact")
public final class EqualPrismUpper implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Equality: Prism, upper case",
            description = "Right if answer and reference are the same text in upper case, once white space at both "
                    + "ends is gone: Prism's VQAv2 and VizWiz. A full stop at the end still makes an answer "
                    + "wrong, and one reference stands for ten human answers.")
    public @interface About {}

    @Override
    public double score(String answer, String reference) {
        return normal(answer).equals(normal(reference)) ? 1 : 0;
    }

    private static String normal(String text) {
        return PythonText.upper(PythonText.strip(text));
    }
}
