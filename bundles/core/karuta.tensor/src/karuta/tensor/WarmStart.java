package karuta.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Insert.Tokens;

/**
 * Prompts that start as what earlier stages have learned. An earlier prompt of another length is repeated, or cut off. The first
 * stage starts as if there were no such thing.
 */
public final class WarmStart {

    private static final int BATCH = 32;
    private static final double BOTH = 0.5;

    private WarmStart() {}

    /**
     * The prompt of the earlier card that the stage's examples are most like: by the mean of the cosines of their image and text
     * features with its keys.
     *
     * @param first where there is no earlier card
     */
    public static PromptStart nearest(PromptStart first) {
        return opening -> opening.earlier().isEmpty() ? first.of(opening) : rows(likest(opening), opening);
    }

    /**
     * The mean of all earlier prompts, row by row.
     *
     * @param first where there is no earlier card
     */
    public static PromptStart mean(PromptStart first) {
        return opening -> {
            var earlier = opening.earlier();
            return earlier.isEmpty()
                    ? first.of(opening)
                    : Ops.scale(
                            earlier.stream()
                                    .map(card -> rows(card, opening))
                                    .reduce(NDArray::add)
                                    .orElseThrow(),
                            1.0 / earlier.size());
        };
    }

    private static NDArray rows(Card card, PromptStart.Opening opening) {
        var prompt = ((Tokens) card.inserts().get(0)).embeddings();
        var length = prompt.getShape().get(0);
        var rows = LongStream.range(0, opening.shape().get(0))
                .map(row -> row % length)
                .toArray();
        return Ops.rows(prompt, Tensors.of(opening.context().manager(), rows));
    }

    private static Card likest(PromptStart.Opening opening) {
        var data = opening.data();
        try (var cards = Cards.of(opening.earlier())) {
            var likeness = new double[cards.size()];
            for (var from = 0; from < data.size(); from += BATCH) {
                var batch = data.batch(from, Math.min(from + BATCH, data.size()));
                var calls = batch.inputs().stream()
                        .map(input -> new Call(input.guidance(), cards, opening.draws(), Optional.empty()))
                        .toList();
                for (var scores : CardSimilarity.dual(new Calls(cards, calls), BOTH)) {
                    Arrays.setAll(likeness, card -> likeness[card] + scores[card]);
                }
            }
            return IntStream.range(0, likeness.length)
                    .boxed()
                    .max(Comparator.comparingDouble(card -> likeness[card]))
                    .map(cards::get)
                    .orElseThrow();
        }
    }
}
