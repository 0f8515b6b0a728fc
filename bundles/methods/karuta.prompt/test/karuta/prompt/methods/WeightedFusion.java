package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.function.Function;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Prefix;
import karuta.api.Selection;

/** Sums the prefixes of all cards, which every sample has chosen, by their weights: as many tokens as one card has. */
final class WeightedFusion implements Fusion {

    /** The prefixes are stacked once for the batch; a sample's sum is a product of its own, whatever its company. */
    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        NDArray keys = stacked(cards, Prefix::keys);
        NDArray values = stacked(cards, Prefix::values);
        return samples.stream()
                .map(sample -> weights(sample.selection()))
                .map(weights -> List.<Insert>of(new Prefix(0, sum(weights, keys), sum(weights, values))))
                .toList();
    }

    /** {@code [cards, M, key-value size]}. */
    private static NDArray stacked(Cards cards, Function<Prefix, NDArray> part) {
        return NDArrays.stack(new NDList(cards.all().stream()
                .map(card -> part.apply((Prefix) card.inserts().get(0)))
                .toList()));
    }

    /** {@code [cards, 1, 1]}. */
    private static NDArray weights(Selection selection) {
        return NDArrays.stack(new NDList(selection.picks().stream()
                        .map(pick -> pick.weight().orElseThrow())
                        .toList()))
                .reshape(-1, 1, 1);
    }

    private static NDArray sum(NDArray weights, NDArray prefixes) {
        return prefixes.mul(weights).sum(new int[] {0});
    }
}
