package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Function;
import karuta.api.Card;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Prefix;
import karuta.api.Selection;

/** Sums the prefixes of the chosen cards by their weights: as many tokens as one card has. */
final class WeightedFusion implements Fusion {

    @Override
    public List<Insert> fuse(Selection selection, List<Card> cards) {
        return List.of(new Prefix(0, sum(selection, Prefix::keys), sum(selection, Prefix::values)));
    }

    private static NDArray sum(Selection selection, Function<Prefix, NDArray> part) {
        return selection.picks().stream()
                .map(pick -> part.apply((Prefix) pick.card().inserts().get(0))
                        .mul(pick.weight().orElseThrow()))
                .reduce(NDArray::add)
                .orElseThrow();
    }
}
