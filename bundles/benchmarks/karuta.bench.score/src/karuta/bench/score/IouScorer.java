package karuta.bench.score;

import karuta.api.KarutaException;
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

    private static final double ENOUGH = 0.5;

    @Override
    public double score(String answer, String reference) {
        var expected = Box.read(reference)
                .orElseThrow(() -> new KarutaException(
                        "The scorer \"iou\" needs boxes [x1,y1,x2,y2], but a reference answer is \"" + reference
                                + "\".",
                        "Correct the answer in the data, or give the task another scorer."));
        return Box.read(answer).filter(box -> box.iou(expected) > ENOUGH).isPresent() ? 1 : 0;
    }
}
