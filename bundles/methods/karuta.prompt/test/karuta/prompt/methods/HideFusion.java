package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.tensor.LoraLayer;

/**
 * HiDe's expansion and fusion: in the top layer the mixture of all cards' adapters by weight, below it the product of their
 * summed factors, {@code (sum B) (sum A) x}, cross terms and all. In training the open card alone.
 */
final class HideFusion extends Example implements Fusion {

    /** The adapters below the top layer: the same objects for all samples. */
    private record Below(List<Insert> adapters) implements AutoCloseable {

        @Override
        public void close() {
            adapters.forEach(adapter -> {
                pair(adapter).a().close();
                pair(adapter).b().close();
            });
        }
    }

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        if (cards.frozen().length < cards.size()) {
            return samples.stream()
                    .map(sample -> sample.selection().picks().get(0).card().inserts())
                    .toList();
        }
        var below = cards.once(Below.class, this::below).adapters();
        return samples.stream().map(sample -> with(below, sample.selection())).toList();
    }

    private List<Insert> with(List<Insert> below, Selection selection) {
        var inserts = new ArrayList<>(below);
        selection.picks().forEach(pick -> mixed(pick).forEach(inserts::add));
        return inserts;
    }

    private Stream<Adapter> mixed(Pick pick) {
        return pick.card().inserts().stream()
                .map(Adapter.class::cast)
                .filter(this::top)
                .map(adapter -> new Adapter(adapter.linear(), adapter.delta(), pick.weight()));
    }

    private Below below(List<Card> cards) {
        return new Below(cards.get(0).inserts().stream()
                .map(Adapter.class::cast)
                .filter(adapter -> !top(adapter))
                .<Insert>map(adapter -> new Adapter(adapter.linear(), summed(adapter.linear(), cards)))
                .toList());
    }

    private LoraLayer summed(String linear, List<Card> cards) {
        var pairs = cards.stream()
                .flatMap(card -> card.inserts().stream())
                .filter(insert -> ((Adapter) insert).linear().equals(linear))
                .map(HideFusion::pair)
                .toList();
        return new LoraLayer(
                sum(pairs.stream().map(LoraLayer::a)),
                sum(pairs.stream().map(LoraLayer::b)),
                pairs.get(0).scale());
    }

    private NDArray sum(Stream<NDArray> factors) {
        return context().keep(factors.reduce(NDArray::add).orElseThrow());
    }

    private static LoraLayer pair(Insert adapter) {
        return (LoraLayer) ((Adapter) adapter).delta();
    }

    private boolean top(Adapter adapter) {
        return adapter.linear()
                .startsWith("layers." + (context().backbone().spec().layers() - 1) + ".");
    }
}
