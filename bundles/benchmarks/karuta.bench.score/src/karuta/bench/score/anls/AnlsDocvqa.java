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
 * One minus the edit distance divided by the longer length, of texts that are trimmed and in lower case, and 0 if
 * that is below one half: the official rule of DocVQA. Half of the letters of a wrong number are still worth half
 * a point.
 */
@Component(name = "anls.docvqa", factory = Scorer.KIND)
@Designate(ocd = AnlsDocvqa.About.class)
@Paper("Mathew, Karatzas, Jawahar: DocVQA, WACV 2021; Biten et al.: ST-VQA, ICCV 2019")
@Rule(family = "edit distance", of = "DocVQA", usedBy = "DocVQA, InfographicVQA")
public final class AnlsDocvqa implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "ANLS: DocVQA",
            description = "One minus the edit distance divided by the longer length, of texts that are trimmed and in"
                    + " lower case, and 0 if that is below one half: the official rule of DocVQA. Half of the "
                    + "letters of a wrong number are still worth half a point.")
    public @interface About {}

    private static final double ENOUGH = 0.5;

    @Override
    public double score(String answer, String reference) {
        var said = PythonText.strip(PythonText.lower(answer));
        var expected = PythonText.strip(PythonText.lower(reference));
        var longer = Math.max(PythonText.length(said), PythonText.length(expected));
        var similarity = longer == 0 ? 1 : 1 - (double) Levenshtein.distance(said, expected) / longer;
        return similarity < ENOUGH ? 0 : similarity;
    }
}
