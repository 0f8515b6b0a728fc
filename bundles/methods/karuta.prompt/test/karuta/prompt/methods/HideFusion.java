package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Delta;
import karuta.api.Selection;
import karuta.tensor.Ops;

/** HiDe's expansion and fusion: the chosen card's adapters in the top layer, the mean of all cards' below. */
final class HideFusion extends Started implements Fusion {

    @Override
    public List<Insert> fuse(Selection selection, List<Card> cards) {
        var last = selection.picks().get(selection.picks().size() - 1).card();
        if (last.trainable()) {
            return last.inserts();
        }
        var top = "layers." + (context().backbone().spec().layers() - 1) + ".";
        var inserts = new ArrayList<Insert>();
        for (var adapter : adapters(last).toList()) {
            var all = cards.stream()
                    .flatMap(HideFusion::adapters)
                    .filter(other -> other.linear().equals(adapter.linear()))
                    .map(Adapter::delta)
                    .toList();
            inserts.add(adapter.linear().startsWith(top) ? adapter : new Adapter(adapter.linear(), mean(all)));
        }
        return inserts;
    }

    private static Stream<Adapter> adapters(Card card) {
        return card.inserts().stream().map(Adapter.class::cast);
    }

    private static Delta mean(List<Delta> deltas) {
        return x -> Ops.scale(
                deltas.stream()
                        .map(delta -> delta.apply(x))
                        .reduce(NDArray::add)
                        .orElseThrow(),
                1.0 / deltas.size());
    }
}
