package karuta.bench.score.caption;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.api.Scores;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * As caption.ucit, but without METEOR in the mean, and with every line end taken for a space, so that none shifts
 * the captions: Karuta's own, for who has Stanford's tokeniser alone (KARUTA_COCO_CAPTION must name the folder of
 * pycocoevalcap). CIDEr-D weighs even more than in the mean of seven, and no published number compares.
 */
@Component(name = "caption.six", factory = Scorer.KIND)
@Designate(ocd = CaptionSix.About.class)
@Paper("Karuta's own; Chen et al.: Microsoft COCO Captions, 2015 (salaniz/pycocoevalcap, commit ad63453)")
@Rule(family = "captions", of = "Karuta", usedBy = "captions, without METEOR")
public final class CaptionSix implements Scorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Captions without METEOR",
            description = "As caption.ucit, but without METEOR in the mean, and with every line end taken"
                    + " for a space, so that none shifts the captions: Karuta's own, for who has "
                    + "Stanford's tokeniser alone (KARUTA_COCO_CAPTION must name the folder of "
                    + "pycocoevalcap). CIDEr-D weighs even more than in the mean of seven, and no "
                    + "published number compares.")
    public @interface About {}

    private static final String ID = "caption.six";

    private final CocoCaption programs;

    /** @throws KarutaException if the program is not there */
    @Activate
    public CaptionSix() {
        this(System.getenv());
    }

    CaptionSix(Map<String, String> environment) {
        programs = CocoCaption.find(ID, CocoCaption.FOR_TOKENS, environment);
    }

    @Override
    public Scores score(List<Response> responses) {
        return CaptionMean.of(
                programs.texts(responses.stream().map(LineEnds::without).toList()), Optional.empty());
    }
}
