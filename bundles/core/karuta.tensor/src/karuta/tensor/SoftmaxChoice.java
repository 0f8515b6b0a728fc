package karuta.tensor;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Cards;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.StrategyContext;

/** The choice of all cards, weighted by a softmax of their scores; in training of those alone that are trained. */
public final class SoftmaxChoice {

    private SoftmaxChoice() {}

    /**
     * Chooses for the samples of a batch, each alone.
     *
     * @param scores gives {@code [samples][cards]}; asked only when no card is trained
     * @param temperature weights are {@code softmax(score / temperature)}
     */
    public static List<Selection> of(
            Calls calls, Function<Calls, double[][]> scores, double temperature, StrategyContext context) {
        var cards = calls.cards();
        var trained = cards.trainable();
        if (trained.length > 0) {
            return calls.each(call -> new Selection(IntStream.of(trained)
                    .mapToObj(place -> new Pick(cards.get(place), Double.NaN))
                    .toList()));
        }
        var all = scores.apply(calls);
        return IntStream.range(0, all.length)
                .mapToObj(i -> weighted(cards, all[i], temperature, context))
                .toList();
    }

    private static Selection weighted(Cards cards, double[] scores, double temperature, StrategyContext context) {
        var best = DoubleStream.of(scores).max().orElse(0);
        var powers = DoubleStream.of(scores)
                .map(score -> Math.exp((score - best) / temperature))
                .toArray();
        var sum = DoubleStream.of(powers).sum();
        return new Selection(IntStream.range(0, scores.length)
                .mapToObj(i -> new Pick(
                        cards.get(i),
                        scores[i],
                        Optional.of(Tensors.of(context.manager(), (float) (powers[i] / sum))
                                .squeeze())))
                .toList());
    }
}
