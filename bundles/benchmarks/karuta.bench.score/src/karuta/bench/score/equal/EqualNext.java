package karuta.bench.score.equal;

import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if answer and reference are the same text: the single-choice tasks of Continual-NExT. Its repository has
 * the rule in words alone and says nothing of case and white space, so that nothing is changed here; what its
 * authors ran may forgive more.
 */
@Component(name = "equal.next", factory = Scorer.KIND)
@Designate(ocd = EqualNext.About.class)
@Paper("Continual-NExT (ECNU-SII/Continual-NExT, commit bf813e4): README, Evaluation Metrics; single-choice questions")
@Rule(family = "equality", of = "Continual-NExT", usedBy = "its single-choice tasks", mendedBy = "exact")
public final class EqualNext implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Equality: Continual-NExT, single choice",
            description = "Right if answer and reference are the same text: the single-choice tasks of "
                    + "Continual-NExT. Its repository has the rule in words alone and says nothing of"
                    + " case and white space, so that nothing is changed here; what its authors ran "
                    + "may forgive more.")
    public @interface About {}

    @Override
    public double score(String answer, String reference) {
        return answer.equals(reference) ? 1 : 0;
    }
}
