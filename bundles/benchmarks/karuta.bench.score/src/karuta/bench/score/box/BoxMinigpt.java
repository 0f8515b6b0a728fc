package karuta.bench.score.box;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Rule;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.bench.score.rule.Field;
import karuta.bench.score.rule.SampleScorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the intersection over union with the box in pixels (field origin_answer_bbox) is above 0.5; the answer's box
 * are the first four numbers in it that have a point and are not zero: Grounding of MiniGPT in CoIN. Whole numbers,
 * 0.00 and 1 are passed over, so that the next number slips into their place, and a minus is lost.
 */
@Component(name = "box.minigpt", factory = Scorer.KIND)
@Designate(ocd = BoxMinigpt.About.class)
@Paper("Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024: its scorer of Grounding for MiniGPT")
@Rule(
        family = "grounding",
        of = "CoIN",
        usedBy = "Grounding of MiniGPT in CoIN",
        needs = "origin_answer_bbox",
        mendedBy = "box.iou")
public final class BoxMinigpt implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Grounding: CoIN's MiniGPT",
            description = "Right if the intersection over union with the box in pixels (field origin_answer_bbox) is "
                    + "above 0.5; the answer's box are the first four numbers in it that have a point and are not "
                    + "zero: Grounding of MiniGPT in CoIN. Whole numbers, 0.00 and 1 are passed over, so that the "
                    + "next number slips into their place, and a minus is lost.")
    public @interface About {}

    private static final String ID = "box.minigpt";
    private static final Pattern NUMBER =
            Pattern.compile("[1-9]\\d*\\.\\d*|0\\.\\d*[1-9]\\d*", Pattern.UNICODE_CHARACTER_CLASS);

    @Override
    public Scores.Score score(Sample sample, String answer) {
        var expected = expected(sample);
        var box = Box.of(NUMBER.matcher(answer)
                .results()
                .map(MatchResult::group)
                .limit(4)
                .toList());
        var overlap = box.map(said -> said.iou(expected)).orElse(0.0);
        return new Scores.Score(
                overlap > Verdict.ENOUGH ? 1 : 0, box.map(Box::toString).orElse(""));
    }

    private static Box expected(Sample sample) {
        var text = Field.PIXEL_BOX.one(sample, ID);
        return Box.of(List.of(text.replace("[", "").replace("]", "").split(",", -1)))
                .orElseThrow(() -> new KarutaException(
                        "The scorer \"" + ID + "\" needs a box [x1,y1,x2,y2] in the field \"" + Field.PIXEL_BOX.key()
                                + "\", but that of sample " + sample.id() + " is \"" + text + "\".",
                        "Correct it in the data, or give the task another scorer."));
    }
}
