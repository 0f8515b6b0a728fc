package karuta.bench.score.box;

import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the answer holds a box {@code [x1,y1,x2,y2]} whose intersection over union with the reference is more than
 * 0.5. An answer without a box is wrong. Unlike CoIN's script it does not drop the first and the last character of an
 * answer once the brackets are gone.
 */
@Component(name = "iou", factory = Scorer.KIND)
@Designate(ocd = IouScorer.About.class)
@Paper("Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024: its scorer of grounding")
@Rule(family = "grounding", of = "Karuta", usedBy = "grounding in Karuta's cards", mendedBy = "box.iou")
public final class IouScorer implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Grounding",
            description = "Right if the intersection over union with the reference is above 0.5; the answer's box is "
                    + "the first one that is written as four numbers between commas: Karuta's own rule. Corners "
                    + "the other way round are wrong, which box.iou mends.")
    public @interface About {}

    @Override
    public double score(String answer, String reference) {
        var expected = Verdict.expected(reference, "iou");
        return Box.read(answer)
                        .filter(box -> box.iou(expected) > Verdict.ENOUGH)
                        .isPresent()
                ? 1
                : 0;
    }
}
