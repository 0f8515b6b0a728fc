package karuta.prompt.methods;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Cards;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;
import karuta.tensor.Tensors;

/**
 * HiDe's choice: all cards, weighted by {@code softmax(s / 0.1)} of their likeness s to image and instruction; in training the
 * open card alone.
 */
final class HideSelector extends Example implements Selector {

    private static final double TEMPERATURE = 0.1;

    @Override
    public List<Selection> select(Calls calls) {
        var cards = calls.cards();
        if (cards.frozen().length < cards.size()) {
            return calls.top(1, new double[calls.samples().size()][cards.size()]);
        }
        var scores = CardSimilarity.dual(calls, 0.5);
        return IntStream.range(0, scores.length)
                .mapToObj(i -> weighted(cards, scores[i]))
                .toList();
    }

    private Selection weighted(Cards cards, double[] scores) {
        var powers = DoubleStream.of(scores)
                .map(score -> Math.exp(score / TEMPERATURE))
                .toArray();
        var sum = DoubleStream.of(powers).sum();
        return new Selection(IntStream.range(0, scores.length)
                .mapToObj(i -> new Pick(
                        cards.get(i),
                        scores[i],
                        Optional.of(Tensors.of(context().manager(), (float) (powers[i] / sum))
                                .sum())))
                .toList());
    }
}
