package karuta.prompt.methods;

import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Cards;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;

/** Another number of cards for every sample: all that are like enough. */
record ThresholdSelector(double enough) implements Selector {

    @Override
    public List<Selection> select(Calls calls) {
        var scores = CardSimilarity.dual(calls, 0.5);
        return IntStream.range(0, scores.length)
                .mapToObj(i -> alike(calls.cards(), scores[i]))
                .toList();
    }

    private Selection alike(Cards cards, double[] scores) {
        var frozen = cards.frozen();
        var alike = IntStream.of(frozen).filter(i -> scores[i] > enough).count();
        return Selection.top(cards, scores, (int) (cards.size() - frozen.length + alike));
    }
}
