package karuta.bench.score.box;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import karuta.api.Paper;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.api.Scores;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the intersection over union with the reference is above 0.5; the answer's box is the last one that is
 * written as four numbers between commas, whatever the order of its corners: Karuta's own mend of box.coin and
 * box.prism, with the mean intersection over union and the share of answers without a box beside it. It knows one
 * box for each answer.
 */
@Component(name = "box.iou", factory = Scorer.KIND)
@Designate(ocd = BoxIou.About.class)
@Paper("Karuta's own")
@Rule(family = "grounding", of = "Karuta", usedBy = "any grounding")
public final class BoxIou implements Scorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Grounding: true intersection over union",
            description = "Right if the intersection over union with the reference is above 0.5; the answer's box is "
                    + "the last one that is written as four numbers between commas, whatever the order of its "
                    + "corners: Karuta's own mend of box.coin and box.prism, with the mean intersection over "
                    + "union and the share of answers without a box beside it. It knows one box for each answer.")
    public @interface About {}

    private static final String ID = "box.iou";

    @Override
    public Scores score(List<Response> responses) {
        var each = new ArrayList<Scores.Score>();
        var overlap = 0.0;
        var unread = 0;
        for (var response : responses) {
            var box = Box.last(response.answer()).map(Box::upright);
            var best = response.sample().references().stream()
                    .map(reference -> Verdict.expected(reference, ID).upright())
                    .mapToDouble(expected -> box.map(expected::iou).orElse(0.0))
                    .max()
                    .orElseThrow();
            overlap += best;
            unread += box.isPresent() ? 0 : 1;
            each.add(new Scores.Score(
                    best > Verdict.ENOUGH ? 1 : 0, box.map(Box::toString).orElse("")));
        }
        var count = Math.max(1, each.size());
        return new Scores(
                Scores.mean(each).value(),
                each,
                Map.of("mean IoU", overlap / count, "without box", (double) unread / count));
    }
}
