package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Card;
import karuta.api.KarutaException;

/**
 * How like a sample's guidance the keys of the cards are: cosines, the scores that most selectors choose by. They are
 * plain numbers without gradients; a choice that is learned takes {@link Ops#cosine} of the keys itself.
 */
public final class CardSimilarity {

    private CardSimilarity() {}

    /**
     * The cosine of the image feature and each card's first key.
     *
     * @return one per card of the call; NaN for an open card without a key
     * @throws KarutaException if the sample has no image or a closed card no key
     */
    public static double[] image(Call call) {
        return cosines(call.guidance().image(), "image", call, keys -> keys.get(0));
    }

    /**
     * The cosine of the text feature and each card's last key.
     *
     * @return one per card of the call; NaN for an open card without a key
     * @throws KarutaException if the sample has no text feature or a closed card no key
     */
    public static double[] text(Call call) {
        return cosines(call.guidance().text(), "text", call, keys -> keys.get(-1));
    }

    private static double[] cosines(Optional<NDArray> feature, String modality, Call call, UnaryOperator<NDArray> row) {
        var guide = feature.orElseThrow(() -> new KarutaException(
                "A selector needs the " + modality + " feature of a sample that has no " + modality + ".",
                "Use a selector that can do without, such as \"dual\", or leave such samples out."));
        var cards = call.cards();
        var scores = new double[cards.size()];
        Arrays.fill(scores, Double.NaN);
        var keyed = IntStream.range(0, cards.size())
                .filter(i -> hasKey(cards.get(i)))
                .toArray();
        if (keyed.length > 0) {
            var cosines = Autograd.noGrad(() -> {
                try (var scope = Scope.open()) {
                    var keys = new NDList();
                    for (var i : keyed) {
                        keys.add(row.apply(cards.get(i).keys().orElseThrow()));
                    }
                    return Ops.cosine(NDArrays.stack(keys), guide).toFloatArray();
                }
            });
            for (var i = 0; i < keyed.length; i++) {
                scores[keyed[i]] = cosines[i];
            }
        }
        return scores;
    }

    private static boolean hasKey(Card card) {
        if (card.keys().isEmpty() && !card.trainable()) {
            throw new KarutaException(
                    "Card " + card.id() + " has no key, so that no selector can compare it with a sample.",
                    "Use a pool whose cards have keys, such as \"prototype\", or a selector that does not compare.");
        }
        return card.keys().isPresent();
    }
}
