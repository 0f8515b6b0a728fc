package karuta.bench.score.contain;

import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the answer contains the reference or the reference the answer, case kept: ImageNet in CoIN,
 * ModalPrompt, HiDe-LLaVA and Prism. An empty answer is always right, and so is "a" for every label with an a in
 * it, "Cock" for "Cockroach".
 */
@Component(name = "contain.coin", factory = Scorer.KIND)
@Designate(ocd = ContainCoin.About.class)
@Paper("Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024: its scorer of ImageNet")
@Rule(
        family = "containment",
        of = "CoIN",
        usedBy = "ImageNet in CoIN, HiDe-LLaVA and Prism",
        mendedBy = "contain.words")
public final class ContainCoin implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Containment: CoIN",
            description = "Right if the answer contains the reference or the reference the answer, case kept: "
                    + "ImageNet in CoIN, ModalPrompt, HiDe-LLaVA and Prism. An empty answer is always right, and "
                    + "so is \"a\" for every label with an a in it, \"Cock\" for \"Cockroach\".")
    public @interface About {}

    @Override
    public double score(String answer, String reference) {
        return answer.contains(reference) || reference.contains(answer) ? 1 : 0;
    }
}
