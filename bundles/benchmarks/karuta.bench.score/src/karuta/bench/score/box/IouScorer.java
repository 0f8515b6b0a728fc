package karuta.bench.score.box;

import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Scorer;
import org.osgi.service.component.annotations.Component;

/**
 * Right if the answer holds a box {@code [x1,y1,x2,y2]} whose intersection over union with the reference is more than
 * 0.5. An answer without a box is wrong. Unlike CoIN's script it does not drop the first and the last character of an
 * answer once the brackets are gone.
 */
@Component(name = "iou", factory = Scorer.KIND)
@Paper("Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024: its scorer of grounding")
public final class IouScorer implements ReferenceScorer {

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
