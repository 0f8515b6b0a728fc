package karuta.prompt.methods;

import static java.util.Comparator.comparingDouble;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Forward;
import karuta.api.Guidance;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;

/** L2P's choice: the K nearest keys, though all of them are trained; those are pulled to the query by a loss of their own. */
record L2pSelector(int k) implements Selector {

    private static final double PULL = 0.1;

    @Override
    public List<Selection> select(Calls calls) {
        var cards = calls.cards();
        NDArray queries = queries(calls.samples().stream().map(call -> call.guidance()));
        var cosines =
                Ops.cosine(queries.expandDims(1), keys(cards.all().stream())).toFloatArray();
        return IntStream.range(0, calls.samples().size())
                .mapToObj(i -> nearest(cards, i * cards.size(), cosines))
                .toList();
    }

    private Selection nearest(Cards cards, int from, float[] cosines) {
        return new Selection(IntStream.range(0, cards.size())
                .mapToObj(i -> new Pick(cards.get(i), cosines[from + i]))
                .sorted(comparingDouble(Pick::score))
                .skip(Math.max(0, cards.size() - k))
                .toList());
    }

    /** {@code -0.1} times the sum of the K cosines, in the mean over the batch. */
    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        NDArray queries = queries(forward.guidance().stream());
        NDArray keys = NDArrays.stack(new NDList(forward.selections().stream()
                .map(selection -> keys(selection.picks().stream().map(Pick::card)))
                .toList()));
        NDArray cosines = Ops.cosine(queries.expandDims(1), keys);
        return Map.of("pull", Ops.scale(cosines.sum(new int[] {1}).mean(), -PULL));
    }

    private static NDArray queries(Stream<Guidance> samples) {
        return NDArrays.stack(
                new NDList(samples.map(sample -> sample.image().orElseThrow()).toList()));
    }

    private static NDArray keys(Stream<Card> cards) {
        return NDArrays.concat(
                new NDList(cards.map(card -> card.keys().get(Guidance.IMAGE)).toList()));
    }
}
