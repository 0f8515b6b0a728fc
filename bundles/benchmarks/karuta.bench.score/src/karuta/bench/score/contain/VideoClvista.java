package karuta.bench.score.contain;

import java.util.Set;
import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.bench.score.rule.PythonText;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if answer and reference, trimmed and in lower case, are equal where the reference is a letter from a to e,
 * yes or no, and otherwise if one of them contains the other: the tasks of CL-VISTA. An empty answer is right for
 * every reference but these seven.
 */
@Component(name = "video.clvista", factory = Scorer.KIND)
@Designate(ocd = VideoClvista.About.class)
@Paper("CL-VISTA, 2026 (arXiv 2604.00677): its stand-in for the judge, by rules")
@Rule(family = "containment", of = "CL-VISTA", usedBy = "its stand-in for the judge", mendedBy = "contain.words")
public final class VideoClvista implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Containment: CL-VISTA",
            description = "Right if answer and reference, trimmed and in lower case, are equal where the reference is"
                    + " a letter from a to e, yes or no, and otherwise if one of them contains the other: the "
                    + "tasks of CL-VISTA. An empty answer is right for every reference but these seven.")
    public @interface About {}

    private static final Set<String> CLOSED = Set.of("a", "b", "c", "d", "e", "yes", "no");

    @Override
    public double score(String answer, String reference) {
        var said = PythonText.lower(PythonText.strip(answer));
        var expected = PythonText.lower(PythonText.strip(reference));
        var right =
                CLOSED.contains(expected) ? said.equals(expected) : said.contains(expected) || expected.contains(said);
        return right ? 1 : 0;
    }
}
