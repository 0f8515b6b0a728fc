package karuta.bench.score.box;

import java.util.List;
import java.util.Optional;
import karuta.api.Paper;
import karuta.api.Rule;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.bench.score.rule.SampleScorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the intersection over union with the reference is above 0.5; all brackets are deleted and then the
 * first and the last character dropped, before four numbers between commas are read: Grounding in CoIN,
 * ModalPrompt and HiDe-LLaVA. The last digit of y2 is always lost, so that of perfect boxes of 5 to 30 % of an
 * image's side a fifth is wrong, and [0,0,1,1] cannot be read.
 */
@Component(name = "box.coin", factory = Scorer.KIND)
@Designate(ocd = BoxCoin.About.class)
@Paper("Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024: its scorer of Grounding")
@Rule(
        family = "grounding",
        of = "CoIN",
        usedBy = "Grounding in CoIN, ModalPrompt and HiDe-LLaVA",
        takes = "size",
        mendedBy = "box.iou")
public final class BoxCoin implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Grounding: CoIN",
            description = "Right if the intersection over union with the reference is above 0.5; all brackets are "
                    + "deleted and then the first and the last character dropped, before four numbers between "
                    + "commas are read: Grounding in CoIN, ModalPrompt and HiDe-LLaVA. The last digit of y2 is "
                    + "always lost, so that of perfect boxes of 5 to 30 % of an image's side a fifth is wrong, "
                    + "and [0,0,1,1] cannot be read.")
    public @interface About {}

    private static final String ID = "box.coin";

    @Override
    public Scores.Score score(Sample sample, String answer) {
        return Verdict.of(sample, read(answer), ID);
    }

    private static Optional<Box> read(String answer) {
        var bare = answer.replace("[", "").replace("]", "");
        var characters = bare.codePoints().toArray();
        if (characters.length < 2) {
            return Optional.empty();
        }
        return Box.of(List.of(new String(characters, 1, characters.length - 2).split(",", -1)));
    }
}
