package karuta.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.KarutaException;

/**
 * How like a sample's feature and a key are, in plain numbers: the higher, the more. For every score other than the cosines of {@link
 * CardSimilarity}, which are one matrix product; this one goes through all pairs, exactly the same for a sample whatever its company.
 */
@FunctionalInterface
public interface Likeness {

    /** Minus the Euclidean distance. */
    Likeness EUCLIDEAN = (feature, key) -> -Math.sqrt(IntStream.range(0, feature.length)
            .mapToDouble(i -> (double) feature[i] - key[i])
            .map(difference -> difference * difference)
            .sum());

    /** Minus the sum of absolute differences (S-Prompts). */
    Likeness MANHATTAN = (feature, key) -> -IntStream.range(0, feature.length)
            .mapToDouble(i -> Math.abs((double) feature[i] - key[i]))
            .sum();

    /**
     * Of one feature and one key.
     *
     * @param feature not normalised
     * @param key of the same width
     */
    double of(float[] feature, float[] key);

    /**
     * Of the samples of a batch and the cards; a card with several keys counts by the one that is most alike.
     *
     * @param feature by its name
     * @return {@code [samples][cards]}; NaN for cards that are being trained
     * @throws KarutaException if a sample lacks the feature or a frozen card a key for it
     */
    default double[][] scores(Calls calls, String feature) {
        var cards = calls.cards();
        var frozen = cards.frozen();
        var keys = PlainKeys.of(cards, feature);
        return calls.samples().stream()
                .map(sample -> {
                    var scores = new double[cards.size()];
                    Arrays.fill(scores, Double.NaN);
                    var own = sample.guidance()
                            .feature(feature)
                            .orElseThrow(() -> GuidanceFeatures.absent(feature))
                            .toFloatArray();
                    for (var i = 0; i < frozen.length; i++) {
                        scores[frozen[i]] = Arrays.stream(keys.get(i))
                                .mapToDouble(key -> of(own, key))
                                .max()
                                .orElseThrow();
                    }
                    return scores;
                })
                .toArray(double[][]::new);
    }

    /** The keys of all frozen cards as plain numbers, by feature, read once: {@code [cards][keys][width]}. */
    final class PlainKeys implements AutoCloseable {

        private final List<Card> cards;
        private final Map<String, List<float[][]>> keys = new HashMap<>();

        private PlainKeys(List<Card> cards) {
            this.cards = cards;
        }

        private static List<float[][]> of(Cards cards, String feature) {
            var all = cards.once(PlainKeys.class, PlainKeys::new);
            return all.keys.computeIfAbsent(
                    feature,
                    name -> all.cards.stream()
                            .map(card -> rows(CardSimilarity.key(card, name)))
                            .toList());
        }

        private static float[][] rows(NDArray keys) {
            var numbers = keys.toFloatArray();
            var width = (int) keys.getShape().get(1);
            return IntStream.range(0, numbers.length / width)
                    .mapToObj(i -> Arrays.copyOfRange(numbers, i * width, (i + 1) * width))
                    .toArray(float[][]::new);
        }

        /** Plain numbers need no freeing. */
        @Override
        public void close() {}
    }
}
