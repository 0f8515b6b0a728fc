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
 * The mean of BLEU-1 to BLEU-4, METEOR, ROUGE-L and CIDEr-D over all captions together, each of them beside it, of
 * tokens by Stanford's tokeniser: VizWiz and Flickr30k in UCIT; that tokeniser and METEOR are the Java programs of
 * pycocoevalcap, which KARUTA_COCO_CAPTION must name. CIDEr-D, which goes to 10 and depends on the whole set,
 * weighs most, brackets stay as tokens, and a carriage return in one caption shifts all that follow it.
 */
@Component(name = "caption.ucit", factory = Scorer.KIND)
@Designate(ocd = CaptionUcit.About.class)
@Paper(
        "Chen et al.: Microsoft COCO Captions, 2015 (salaniz/pycocoevalcap, commit ad63453); Denkowski, Lavie: METEOR 1.5, 2014; Guo, Zeng, Zhu, Chen, Zhang, Liu: HiDe-LLaVA, ACL 2025: UCIT")
@Rule(family = "captions", of = "UCIT, COCO", usedBy = "VizWiz and Flickr30k in UCIT")
public final class CaptionUcit implements Scorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Captions: UCIT",
            description = "The mean of BLEU-1 to BLEU-4, METEOR, ROUGE-L and CIDEr-D over all captions "
                    + "together, each of them beside it, of tokens by Stanford's tokeniser: VizWiz "
                    + "and Flickr30k in UCIT; that tokeniser and METEOR are the Java programs of "
                    + "pycocoevalcap, which KARUTA_COCO_CAPTION must name. CIDEr-D, which goes to 10 "
                    + "and depends on the whole set, weighs most, brackets stay as tokens, and a "
                    + "carriage return in one caption shifts all that follow it.")
    public @interface About {}

    private static final String ID = "caption.ucit";

    private final CocoCaption programs;

    /** @throws KarutaException if the programs are not there */
    @Activate
    public CaptionUcit() {
        this(System.getenv());
    }

    CaptionUcit(Map<String, String> environment) {
        programs = CocoCaption.find(ID, CocoCaption.FOR_ALL, environment);
    }

    @Override
    public Scores score(List<Response> responses) {
        var texts = programs.texts(responses);
        return CaptionMean.of(texts, Optional.of(programs.meteor(texts)));
    }
}
