package karuta.bench.score.caption;

import java.util.List;
import java.util.Optional;
import karuta.api.Paper;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.api.Scores;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The mean of BLEU-1 to BLEU-4, ROUGE-L and CIDEr-D over all captions together, each of them beside it, of texts
 * that are cut at white space and nothing more: what pycocoevalcap computes of tokens. It is not UCIT's number,
 * which has METEOR in the mean and Stanford's tokens: here case and punctuation count, and CIDEr-D, which goes up
 * to 10 and depends on the whole set, weighs most.
 */
@Component(name = "caption.split", factory = Scorer.KIND)
@Designate(ocd = CaptionSplit.About.class)
@Paper("Chen et al.: Microsoft COCO Captions, 2015 (salaniz/pycocoevalcap); Guo, Zeng, Zhu, Chen, "
        + "Zhang, Liu: HiDe-LLaVA, ACL 2025: UCIT")
@Rule(family = "captions", of = "Karuta", usedBy = "captions that are tokens already")
public final class CaptionSplit implements Scorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Captions cut at white space",
            description = "The mean of BLEU-1 to BLEU-4, ROUGE-L and CIDEr-D over all captions together, each of them"
                    + " beside it, of texts that are cut at white space and nothing more: what pycocoevalcap "
                    + "computes of tokens. It is not UCIT's number, which has METEOR in the mean and Stanford's "
                    + "tokens: here case and punctuation count, and CIDEr-D, which goes up to 10 and depends on "
                    + "the whole set, weighs most.")
    public @interface About {}

    @Override
    public Scores score(List<Response> responses) {
        return CaptionMean.of(
                responses.stream().map(Caption::split).map(CaptionText::of).toList(), Optional.empty());
    }
}
