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
 * CIDEr-D of texts cut at white space, against all references of a sample: TextCaps in CVIT. Case and punctuation
 * count, since no tokeniser is run, so the official number of TextCaps is another one.
 */
@Component(name = "cider.textcaps", factory = Scorer.KIND)
@Designate(ocd = CiderTextcaps.About.class)
@Paper("Wang et al.: SMoLoRA, ICCV 2025 (Minato-Zackie/SMoLoRA, commit ba50e07): eval_textcaps_cider.py")
@Rule(family = "captions", of = "CVIT", usedBy = "TextCaps in CVIT")
public final class CiderTextcaps implements Scorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "CIDEr: CVIT, TextCaps",
            description = "CIDEr-D of texts cut at white space, against all references of a sample: "
                    + "TextCaps in CVIT. Case and punctuation count, since no tokeniser is run, so "
                    + "the official number of TextCaps is another one.")
    public @interface About {}

    @Override
    public Scores score(List<Response> responses) {
        return CiderD.scores(responses.stream().map(Caption::split).toList(), Caption::said);
    }
}
