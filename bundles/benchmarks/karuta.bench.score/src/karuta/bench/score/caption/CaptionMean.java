package karuta.bench.score.caption;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Scores;

/** The mean of what captions are scored by, with each figure beside it. */
final class CaptionMean {

    private CaptionMean() {}

    /**
     * Of BLEU-1 to BLEU-4, ROUGE-L and CIDEr-D, and of METEOR if it is there. What one caption counts is the mean of its own
     * figures; only CIDEr-D knows of the others.
     */
    static Scores of(List<CaptionText> texts, Optional<Meteor> meteor) {
        if (texts.isEmpty()) {
            return Scores.mean(List.of());
        }
        var captions = texts.stream().map(CaptionText::words).toList();
        var cider = CiderD.of(captions);
        var rarities = captions.stream().map(cider::value).toList();
        var subsequences =
                texts.stream().map(CaptionText::pieces).map(RougeL::value).toList();
        var figures = figures(Bleu.of(captions), meteor.map(Meteor::value), mean(subsequences), mean(rarities));
        var each = IntStream.range(0, captions.size())
                .mapToObj(i -> new Scores.Score(
                        mean(figures(
                                        Bleu.of(List.of(captions.get(i))),
                                        meteor.map(all -> all.each().get(i)),
                                        subsequences.get(i),
                                        rarities.get(i))
                                .values()),
                        texts.get(i).said()))
                .toList();
        return new Scores(mean(figures.values()), each, figures);
    }

    private static Map<String, Double> figures(Bleu bleu, Optional<Double> meteor, double rouge, double cider) {
        var figures = new LinkedHashMap<String, Double>();
        for (var n = 1; n <= NGrams.LONGEST; n++) {
            figures.put("BLEU-" + n, bleu.value(n));
        }
        meteor.ifPresent(value -> figures.put("METEOR", value));
        figures.put("ROUGE-L", rouge);
        figures.put("CIDEr", cider);
        return figures;
    }

    private static double mean(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
