package karuta.bench.score.caption;

import java.util.List;
import karuta.api.Paper;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.api.Scores;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * CIDEr-D of texts cut at white space with answers and references in exchanged places, so that the answers decide
 * how rare a sequence is; of a sample's references only the one counts that a CIDEr-D of these references alone
 * finds nearest: Flickr30k in CVIT. Case and punctuation count, a set of one and a model that says the same of
 * every image score 0, and no number of a caption paper compares.
 */
@Component(name = "cider.cvit", factory = Scorer.KIND)
@Designate(ocd = CiderCvit.About.class)
@Paper("Wang et al.: SMoLoRA, ICCV 2025 (Minato-Zackie/SMoLoRA, commit ba50e07): eval_flickr30k_cider.py")
@Rule(family = "captions", of = "CVIT", usedBy = "Flickr30k in CVIT", mendedBy = "cider.textcaps")
public final class CiderCvit implements Scorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "CIDEr: CVIT, Flickr30k",
            description = "CIDEr-D of texts cut at white space with answers and references in exchanged "
                    + "places, so that the answers decide how rare a sequence is; of a sample's "
                    + "references only the one counts that a CIDEr-D of these references alone finds "
                    + "nearest: Flickr30k in CVIT. Case and punctuation count, a set of one and a "
                    + "model that says the same of every image score 0, and no number of a caption "
                    + "paper compares.")
    public @interface About {}

    @Override
    public Scores score(List<Response> responses) {
        var swapped = responses.stream()
                .map(Caption::split)
                .map(caption -> new Caption(nearest(caption), List.of(caption.said())))
                .toList();
        return CiderD.scores(swapped, caption -> caption.references().get(0));
    }

    /** The first reference of the highest CIDEr-D, each being taken for an image of its own. */
    private static List<String> nearest(Caption caption) {
        var each = caption.references().stream()
                .map(reference -> new Caption(caption.said(), List.of(reference)))
                .toList();
        var cider = CiderD.of(each);
        return each.stream()
                .reduce((best, next) -> cider.value(next) > cider.value(best) ? next : best)
                .orElseThrow()
                .references()
                .get(0);
    }
}
