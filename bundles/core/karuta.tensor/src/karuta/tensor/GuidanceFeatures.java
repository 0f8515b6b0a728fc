package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Guidance;
import karuta.api.KarutaException;

/** Features and keys as matrices, for a choice that is learned: unlike {@link CardSimilarity} with gradients into the keys. */
public final class GuidanceFeatures {

    private GuidanceFeatures() {}

    /**
     * A feature of several samples.
     *
     * @return {@code [samples, width]}
     * @throws KarutaException if a sample lacks it
     */
    public static NDArray of(List<Guidance> samples, String feature) {
        return NDArrays.stack(new NDList(
                samples.stream().map(sample -> require(sample, feature)).toList()));
    }

    /** A feature of the samples of a batch, {@code [samples, width]}; see {@link #of(List, String)}. */
    public static NDArray of(Calls calls, String feature) {
        return of(calls.samples().stream().map(Call::guidance).toList(), feature);
    }

    private static NDArray require(Guidance sample, String feature) {
        return sample.feature(feature).orElseThrow(() -> absent(feature));
    }

    static KarutaException absent(String feature) {
        return new KarutaException(
                "A selector needs the " + feature + " feature of a sample that has no " + feature + ".",
                "Use a selector that can do without, such as \"dual\", or leave such samples out.");
    }

    /**
     * The keys of cards with one key each, in their order.
     *
     * @param cards at least one
     * @return {@code [cards, width]}
     * @throws KarutaException if a card lacks it
     */
    public static NDArray keys(List<Card> cards, String name) {
        var keys = new NDList(cards.stream().map(card -> key(card, name)).toList());
        return keys.size() == 1
                ? keys.get(0)
                : NDArrays.concat(keys); // of a single one, DJL's concat cuts the gradient
    }

    private static NDArray key(Card card, String name) {
        return card.keys(name)
                .orElseThrow(() -> new KarutaException(
                        "Card " + card.id() + " has no key \"" + name + "\", which the selector needs.",
                        "Use the pool and the selector of one method together."));
    }
}
