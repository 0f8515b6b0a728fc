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
 * Right if answer and reference are the same text in upper case: CoIN's VQAv2 and VizWiz (one reference, not ten
 * human answers), the questions of UCIT, most of TriGap. Nothing is trimmed and no full stop dropped, so "Cat."
 * and " cat" are wrong for "cat".
 */
@Component(name = "equal.coin-upper", factory = Scorer.KIND)
@Designate(ocd = EqualCoinUpper.About.class)
@Paper("Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024: its scorers of VQAv2 and VizWiz; "
        + "HiDe-LLaVA's and MCITlib's of UCIT")
@Rule(
        family = "equality",
        of = "CoIN",
        usedBy = "VQAv2 and VizWiz in CoIN; the questions of UCIT; most of TriGap",
        mendedBy = "exact")
public final class EqualCoinUpper implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Equality: CoIN and UCIT, upper case",
            description = "Right if answer and reference are the same text in upper case: CoIN's VQAv2 and VizWiz "
                    + "(one reference, not ten human answers), the questions of UCIT, most of TriGap. Nothing is "
                    + "trimmed and no full stop dropped, so \"Cat.\" and \" cat\" are wrong for \"cat\".")
    public @interface About {}

    @Override
    public double score(String answer, String reference) {
        return PythonText.upper(answer).equals(PythonText.upper(reference)) ? 1 : 0;
    }
}
