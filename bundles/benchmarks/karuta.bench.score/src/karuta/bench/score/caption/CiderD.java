package karuta.bench.score.caption;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import karuta.api.Scores;

/**
 * CIDEr-D (Vedantam, Zitnick, Parikh, CVPR 2015), which pycocoevalcap calls Cider: cosine of weighted counts of sequences,
 * clipped, with a penalty for another length. Lengths are counted in sequences of two tokens. How rare a sequence is, is
 * taken from the references of the scored set itself: a part of it gives other values, and a set of one gives 0.
 *
 * @param captions how many are scored together
 * @param frequencies in how many captions' references a sequence stands
 */
record CiderD(int captions, Map<List<String>, Integer> frequencies) {

    private static final double SIGMA = 6;
    private static final double SCALE = 10;

    static CiderD of(List<Caption> captions) {
        var frequencies = new HashMap<List<String>, Integer>();
        for (var caption : captions) {
            var seen = new HashSet<List<String>>();
            for (var reference : caption.references()) {
                for (var n = 1; n <= NGrams.LONGEST; n++) {
                    seen.addAll(NGrams.of(reference, n).counts().keySet());
                }
            }
            seen.forEach(sequence -> frequencies.merge(sequence, 1, Integer::sum));
        }
        return new CiderD(captions.size(), frequencies);
    }

    /** The mean over captions, and each. */
    static Scores scores(List<Caption> captions, Function<Caption, List<String>> said) {
        var cider = of(captions);
        return Scores.mean(captions.stream()
                .map(caption -> new Scores.Score(cider.value(caption), String.join(" ", said.apply(caption))))
                .toList());
    }

    /** From 0 to 10. */
    double value(Caption caption) {
        var likeness = new double[NGrams.LONGEST];
        for (var reference : caption.references()) {
            for (var n = 1; n <= NGrams.LONGEST; n++) {
                likeness[n - 1] +=
                        penalty(caption.said(), reference) * cosine(weights(caption.said(), n), weights(reference, n));
            }
        }
        return SCALE * sum(likeness) / NGrams.LONGEST / caption.references().size();
    }

    private static double penalty(List<String> said, List<String> reference) {
        var longer = Math.max(0, said.size() - 1) - Math.max(0, reference.size() - 1);
        return Math.exp(-longer * longer / (2 * SIGMA * SIGMA));
    }

    private Map<List<String>, Double> weights(List<String> tokens, int n) {
        var weights = new LinkedHashMap<List<String>, Double>();
        NGrams.of(tokens, n).counts().forEach((sequence, count) -> weights.put(sequence, count * rarity(sequence)));
        return weights;
    }

    private double rarity(List<String> sequence) {
        return Math.log(captions) - Math.log(Math.max(1, frequencies.getOrDefault(sequence, 0)));
    }

    private static double cosine(Map<List<String>, Double> said, Map<List<String>, Double> reference) {
        var product = sum(said.entrySet().stream()
                .mapToDouble(entry -> {
                    var expected = reference.getOrDefault(entry.getKey(), 0.0);
                    return Math.min(entry.getValue(), expected) * expected;
                })
                .toArray());
        var norms = norm(said) * norm(reference);
        return norms == 0 ? product : product / norms;
    }

    private static double norm(Map<List<String>, Double> weights) {
        return Math.sqrt(sum(
                weights.values().stream().mapToDouble(weight -> weight * weight).toArray()));
    }

    /** One after the other, as Python adds: where two captions are equally near, the last bit can decide. */
    private static double sum(double... values) {
        var sum = 0.0;
        for (var value : values) {
            sum += value;
        }
        return sum;
    }
}
