package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Cards;
import karuta.api.Guidance;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.tensor.Ops;

/** CODA-Prompt's choice: every component, weighted by {@code cos(query * attention, key)}. */
final class CodaSelector implements Selector {

    /** All weights at once, {@code [samples, cards]}. */
    @Override
    public List<Selection> select(Calls calls) {
        var cards = calls.cards();
        NDArray queries = NDArrays.stack(new NDList(calls.samples().stream()
                .map(call -> call.guidance().image().orElseThrow())
                .toList()));
        NDArray attended = queries.expandDims(1).mul(rows(cards, CodaPool.ATTENTION));
        NDArray weights = Ops.cosine(attended, rows(cards, Guidance.IMAGE));
        return IntStream.range(0, calls.samples().size())
                .mapToObj(i -> selection(cards, weights.get(i)))
                .toList();
    }

    private static NDArray rows(Cards cards, String key) {
        return NDArrays.concat(new NDList(
                cards.all().stream().map(card -> card.keys().get(key)).toList()));
    }

    private static Selection selection(Cards cards, NDArray weights) {
        return new Selection(IntStream.range(0, cards.size())
                .mapToObj(m -> {
                    NDArray weight = weights.get(m);
                    return new Pick(cards.get(m), weight.getFloat(), Optional.of(weight));
                })
                .toList());
    }
}
