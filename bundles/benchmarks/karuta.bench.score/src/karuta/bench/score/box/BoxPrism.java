package karuta.bench.score.box;

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
 * Right if the intersection over union with the reference is above 0.5; the answer's box are the first four
 * numbers in it: Grounding in Prism. Numbers in the words before a box are taken for its corners, and corners the
 * other way round are wrong.
 */
@Component(name = "box.prism", factory = Scorer.KIND)
@Designate(ocd = BoxPrism.About.class)
@Paper("Prism, the rewrite of CoIN's and UCIT's scripts by LAMDA (LAMDA-CL/Prism, commit 7154be2):"
        + " its scorer of Grounding")
@Rule(family = "grounding", of = "Prism", usedBy = "Grounding in Prism", takes = "size", mendedBy = "box.iou")
public final class BoxPrism implements SampleScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Grounding: Prism",
            description = "Right if the intersection over union with the reference is above 0.5; the answer's box are"
                    + " the first four numbers in it: Grounding in Prism. Numbers in the words before a box are "
                    + "taken for its corners, and corners the other way round are wrong.")
    public @interface About {}

    private static final String ID = "box.prism";

    @Override
    public Scores.Score score(Sample sample, String answer) {
        return Verdict.of(sample, Box.firstFour(answer), ID);
    }
}
