package karuta.bench.score.contain;

import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.bench.score.rule.PythonText;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the answer contains one of the labels or one of the labels the answer, whatever the case: ImageNet and
 * Places365 in CVIT. An empty answer is always right, and so is every letter of a label.
 */
@Component(name = "contain.cvit", factory = Scorer.KIND)
@Designate(ocd = ContainCvit.About.class)
@Paper("Wang et al.: SMoLoRA, ICCV 2025: its scorer of classification")
@Rule(family = "containment", of = "CVIT", usedBy = "ImageNet and Places365 in CVIT", mendedBy = "contain.words")
public final class ContainCvit implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Containment: CVIT",
            description = "Right if the answer contains one of the labels or one of the labels the answer, whatever "
                    + "the case: ImageNet and Places365 in CVIT. An empty answer is always right, and so is every"
                    + " letter of a label.")
    public @interface About {}

    @Override
    public double score(String answer, String reference) {
        var said = PythonText.lower(answer);
        var label = PythonText.lower(reference);
        return said.contains(label) || label.contains(said) ? 1 : 0;
    }
}
