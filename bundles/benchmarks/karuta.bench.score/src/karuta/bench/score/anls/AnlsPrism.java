package karuta.bench.score.anls;

import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.bench.score.rule.PythonText;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * One minus the edit distance divided by the longer length, of texts that are trimmed and in lower case: DocVQA
 * and InfographicVQA in TriGap. It has no threshold, so an answer that shares some letters by chance gets points,
 * which the official rule (anls.docvqa) refuses.
 */
@Component(name = "anls.prism", factory = Scorer.KIND)
@Designate(ocd = AnlsPrism.About.class)
@Paper("Prism, the rewrite of CoIN's and UCIT's scripts by LAMDA (LAMDA-CL/Prism, commit 7154be2):"
        + " its scorer of DocVQA; Biten et al.: ST-VQA, ICCV 2019")
@Rule(family = "edit distance", of = "Prism", usedBy = "DocVQA and InfographicVQA in TriGap", mendedBy = "anls.docvqa")
public final class AnlsPrism implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "ANLS: Prism",
            description = "One minus the edit distance divided by the longer length, of texts that are trimmed and in"
                    + " lower case: DocVQA and InfographicVQA in TriGap. It has no threshold, so an answer that "
                    + "shares some letters by chance gets points, which the official rule (anls.docvqa) refuses.")
    public @interface About {}

    @Override
    public double score(String answer, String reference) {
        var said = PythonText.strip(answer);
        var expected = PythonText.strip(reference);
        var longer = Math.max(PythonText.length(said), PythonText.length(expected));
        var distance = Levenshtein.distance(PythonText.lower(said), PythonText.lower(expected));
        return longer == 0 ? 1 : 1 - (double) distance / longer;
    }
}
