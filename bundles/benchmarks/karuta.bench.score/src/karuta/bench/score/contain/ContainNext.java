package karuta.bench.score.contain;

import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the answer is the reference or contains it: the fill-the-blank tasks of Continual-NExT. Its repository
 * has the rule in words alone and says nothing of case, and "no" is right for "not sure", "1" for "10".
 */
@Component(name = "contain.next", factory = Scorer.KIND)
@Designate(ocd = ContainNext.About.class)
@Paper("Continual-NExT (ECNU-SII/Continual-NExT, commit bf813e4): README, Evaluation Metrics; fill-blank questions")
@Rule(family = "containment", of = "Continual-NExT", usedBy = "its fill-the-blank tasks", mendedBy = "contain.words")
public final class ContainNext implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Containment: Continual-NExT, fill the blank",
            description = "Right if the answer is the reference or contains it: the fill-the-blank tasks "
                    + "of Continual-NExT. Its repository has the rule in words alone and says nothing"
                    + " of case, and \"no\" is right for \"not sure\", \"1\" for \"10\".")
    public @interface About {}

    @Override
    public double score(String answer, String reference) {
        return answer.contains(reference) ? 1 : 0;
    }
}
