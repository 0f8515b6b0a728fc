package karuta.bench.score.caption;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Paper;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.bench.score.rule.PythonText;
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
        var captions = responses.stream().map(CaptionSplit::caption).toList();
        if (captions.isEmpty()) {
            return Scores.mean(List.of());
        }
        var cider = CiderD.of(captions);
        var rarities = captions.stream().map(cider::value).toList();
        var subsequences = captions.stream().map(RougeL::value).toList();
        var figures = figures(Bleu.of(captions), mean(subsequences), mean(rarities));
        var each = IntStream.range(0, captions.size())
                .mapToObj(i -> new Scores.Score(
                        mean(figures(Bleu.of(List.of(captions.get(i))), subsequences.get(i), rarities.get(i))
                                .values()),
                        String.join(" ", captions.get(i).said())))
                .toList();
        return new Scores(mean(figures.values()), each, figures);
    }

    private static Caption caption(Response response) {
        return new Caption(
                PythonText.words(response.answer()),
                response.sample().references().stream().map(PythonText::words).toList());
    }

    private static Map<String, Double> figures(Bleu bleu, double rouge, double cider) {
        return Map.of(
                "BLEU-1", bleu.value(1),
                "BLEU-2", bleu.value(2),
                "BLEU-3", bleu.value(3),
                "BLEU-4", bleu.value(4),
                "ROUGE-L", rouge,
                "CIDEr", cider);
    }

    private static double mean(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
