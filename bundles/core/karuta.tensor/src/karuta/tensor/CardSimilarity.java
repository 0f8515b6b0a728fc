package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Guidance;
import karuta.api.KarutaException;

/**
 * How like the samples' guidance the keys of the cards are: cosines, the scores that most selectors choose by. All samples
 * of a batch are compared with all cards in one matrix product per feature; a card with several keys counts by the nearest
 * one. Scores are plain numbers without gradients, NaN for cards that are being trained; a choice that is learned takes
 * {@link Ops#cosine} of the keys itself.
 */
public final class CardSimilarity {

    /**
     * Samples in a product, filled up with zeros: PyTorch rounds products of other sizes differently, and a score may not
     * depend on how many samples are asked at once.
     */
    private static final int BLOCK = 32;

    private static final Script SCRIPT = Script.of("""
        def unit(self, x: Tensor) -> Tensor:
          return x / torch.clamp_min(torch.sqrt(torch.sum(x * x, [-1], True)), 1e-08)
        def cosines(self, features: Tensor, keys: Tensor) -> Tensor:
          return torch.matmul(self.unit(features), keys)
        def keys(self, x: Tensor) -> Tensor:
          return torch.contiguous(torch.transpose(self.unit(x), 0, 1))
        """);

    private CardSimilarity() {}

    /**
     * Cosines of the image feature and the cards' keys for it.
     *
     * @return {@code [samples][cards]}
     * @throws KarutaException if a sample has no image or a frozen card no key
     */
    public static double[][] image(Calls calls) {
        return cosines(calls, Guidance.IMAGE);
    }

    /**
     * Cosines of the text feature and the cards' keys for it.
     *
     * @return {@code [samples][cards]}
     * @throws KarutaException if a sample has no text or a frozen card no key
     */
    public static double[][] text(Calls calls) {
        return cosines(calls, Guidance.TEXT);
    }

    /**
     * {@code lambda} times the image's cosines and {@code 1 - lambda} times the text's (ModalPrompt, section 3). A sample
     * without image is scored by its text alone, one without text by its image.
     *
     * @return {@code [samples][cards]}
     * @throws KarutaException if a sample has neither or a frozen card no key
     */
    public static double[][] dual(Calls calls, double lambda) {
        return joined(calls, CardSimilarity::cosines, (image, text) -> lambda * image + (1 - lambda) * text);
    }

    /**
     * What the scores by image and by text make together. A sample without image is scored by its text alone, one without text
     * by its image.
     *
     * @param scores of samples that have a feature, by its name, {@code [samples][cards]}: {@link #cosines}, or a {@link
     *     Likeness}
     * @param join makes one score of the image's and the text's
     * @return {@code [samples][cards]}
     * @throws KarutaException if a sample has neither or a frozen card no key
     */
    public static double[][] joined(
            Calls calls, BiFunction<Calls, String, double[][]> scores, DoubleBinaryOperator join) {
        var images = having(calls, Guidance.IMAGE);
        var texts = having(calls, Guidance.TEXT);
        var image = scores.apply(images.calls, Guidance.IMAGE);
        var text = scores.apply(texts.calls, Guidance.TEXT);
        var all = new double[calls.samples().size()][];
        for (var sample = 0; sample < all.length; sample++) {
            var byImage = images.places[sample];
            var byText = texts.places[sample];
            if (byImage < 0 && byText < 0) {
                throw GuidanceFeatures.absent(Guidance.TEXT);
            }
            all[sample] = byImage < 0
                    ? text[byText]
                    : byText < 0 ? image[byImage] : joined(image[byImage], text[byText], join);
        }
        return all;
    }

    private static double[] joined(double[] image, double[] text, DoubleBinaryOperator join) {
        return IntStream.range(0, image.length)
                .mapToDouble(card -> join.applyAsDouble(image[card], text[card]))
                .toArray();
    }

    /** The samples that have a feature, and where each sample of the batch is among them; -1 for those without. */
    private record Having(Calls calls, int[] places) {}

    private static Having having(Calls calls, String feature) {
        var samples = new ArrayList<Call>();
        var places = new int[calls.samples().size()];
        for (var i = 0; i < places.length; i++) {
            var sample = calls.samples().get(i);
            places[i] = sample.guidance().feature(feature).isPresent() ? samples.size() : -1;
            if (places[i] >= 0) {
                samples.add(sample);
            }
        }
        return new Having(new Calls(calls.cards(), samples), places);
    }

    /**
     * Cosines of a guidance feature and the cards' keys for it.
     *
     * @return {@code [samples][cards]}; NaN for cards that are being trained
     * @throws KarutaException if a sample lacks the feature or a frozen card a key for it
     */
    public static double[][] cosines(Calls calls, String feature) {
        var features = calls.samples().stream()
                .map(sample -> sample.guidance().feature(feature).orElseThrow(() -> GuidanceFeatures.absent(feature)))
                .toList();
        var scores = new double[features.size()][calls.cards().size()];
        if (features.isEmpty() || calls.cards().frozen().length == 0) {
            for (var row : scores) {
                Arrays.fill(row, Double.NaN);
            }
            return scores;
        }
        var keys = keys(calls.cards(), feature);
        var places = calls.cards().frozen();
        Autograd.noGrad(() -> {
            for (var from = 0; from < scores.length; from += BLOCK) {
                var to = Math.min(from + BLOCK, scores.length);
                keys.fill(features.subList(from, to), Arrays.asList(scores).subList(from, to), places);
            }
            return keys;
        });
        return scores;
    }

    private static Keys keys(Cards cards, String feature) {
        return cards.once(AllKeys.class, AllKeys::new).keys.computeIfAbsent(feature, name -> Keys.of(cards, name));
    }

    /** @throws KarutaException if the card has none */
    static NDArray key(Card card, String feature) {
        return card.keys(feature)
                .filter(keys -> keys.getShape().get(0) > 0)
                .orElseThrow(() -> new KarutaException(
                        "Card " + card.id() + " has no key for the feature \"" + feature
                                + "\", so that no selector can compare it with a sample.",
                        "Use a pool whose cards have such keys, such as \"prototype\", or a selector that does not"
                                + " compare."));
    }

    /** The keys of all frozen cards, by feature. */
    private static final class AllKeys implements AutoCloseable {

        private final Map<String, Keys> keys = new HashMap<>();

        AllKeys(List<Card> cards) {}

        @Override
        public void close() {
            keys.values().forEach(matrix -> matrix.manager.close());
        }
    }

    /**
     * Keys of unit length.
     *
     * @param manager owns the matrix
     * @param matrix {@code [c, keys]}, card after card
     * @param first the place of each frozen card's first key, and at the end the number of keys
     */
    private record Keys(NDManager manager, NDArray matrix, int[] first) {

        static Keys of(Cards cards, String feature) {
            var rows = new NDList();
            var frozen = cards.frozen();
            var first = new int[frozen.length + 1];
            for (var i = 0; i < frozen.length; i++) {
                var own = key(cards.get(frozen[i]), feature);
                first[i + 1] = first[i] + (int) own.getShape().get(0);
                rows.add(own);
            }
            var manager = TorchEngine.manager(rows.get(0).getDevice());
            try (var scope = Scope.open()) {
                NDArray all = rows.size() == 1 ? rows.get(0) : NDArrays.concat(rows);
                var matrix = Autograd.noGrad(() -> Scope.keep(SCRIPT.call("keys", all), manager));
                return new Keys(manager, matrix, first);
            }
        }

        /** Writes the cosines of at most a block of samples into their rows of scores. */
        void fill(List<NDArray> features, List<double[]> scores, int[] places) {
            try (var scope = Scope.open()) {
                var rows = new NDList(features);
                NDArray stacked = NDArrays.stack(rows);
                if (features.size() < BLOCK) {
                    NDArray rest = stacked.getManager()
                            .zeros(new Shape(
                                    BLOCK - features.size(), stacked.getShape().get(1)));
                    stacked = NDArrays.concat(new NDList(stacked, rest));
                }
                var cosines = SCRIPT.call("cosines", stacked, matrix).toFloatArray();
                for (var sample = 0; sample < scores.size(); sample++) {
                    nearest(cosines, sample * first[first.length - 1], scores.get(sample), places);
                }
            }
        }

        /** Writes each card's best cosine; cards that are being trained get none. */
        private void nearest(float[] cosines, int from, double[] row, int[] places) {
            if (places.length < row.length) {
                Arrays.fill(row, Double.NaN);
            }
            for (var card = 0; card < places.length; card++) {
                var best = cosines[from + first[card]];
                for (var key = first[card] + 1; key < first[card + 1]; key++) {
                    best = Math.max(best, cosines[from + key]);
                }
                row[places[card]] = best;
            }
        }
    }
}
