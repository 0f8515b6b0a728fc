package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The cards chosen for one sample, in the order in which a fusion shall use them.
 *
 * @param picks any number of them; the last one is nearest to the text
 * @param losses extra loss terms of a choice that is learned (L2P: the pull of the keys), by name, scalars; empty otherwise
 */
public record Selection(List<Pick> picks, Map<String, NDArray> losses) {

    /** Copies both. */
    public Selection {
        picks = List.copyOf(picks);
        losses = Map.copyOf(losses);
    }

    /**
     * A chosen card.
     *
     * @param card which
     * @param score how well it answers, for the record; NaN where the choice was not made by score
     * @param weight how strongly it counts, a scalar through which gradients may flow (CODA-Prompt); empty for a plain choice
     */
    public record Pick(Card card, double score, Optional<NDArray> weight) {

        /** A plain choice. */
        public Pick(Card card, double score) {
            this(card, score, Optional.empty());
        }
    }

    /** Nothing chosen. */
    public static Selection none() {
        return new Selection(List.of(), Map.of());
    }

    /** A choice that is not learned. */
    public static Selection of(List<Pick> picks) {
        return new Selection(picks, Map.of());
    }

    /**
     * The {@code k} best cards in ascending order of score, so that the best is nearest to the text. Cards that are open
     * always get a seat, and come last (ModalPrompt, section 3: K-1 earlier prompts and the one being learned).
     *
     * @param call the candidates
     * @param scores one per candidate, higher is better; those of open cards do not matter
     * @param k how many cards in all
     * @throws KarutaException if there is another number of scores, or one that counts is not a number
     */
    public static Selection top(Call call, double[] scores, int k) {
        var cards = call.cards();
        if (scores.length != cards.size()) {
            throw new KarutaException(
                    "a selector gave " + scores.length + " scores to " + cards.size() + " cards", "mend the selector");
        }
        for (var i = 0; i < scores.length; i++) {
            if (Double.isNaN(scores[i]) && !cards.get(i).trainable()) {
                throw new KarutaException(
                        "a selector scored the card \"" + cards.get(i).id() + "\" with what is no number (NaN)",
                        "mend the selector; are the card's keys, or the features of the sample, all zero?");
            }
        }
        var open = IntStream.range(0, cards.size())
                .filter(i -> cards.get(i).trainable())
                .toArray();
        var frozen = IntStream.range(0, cards.size())
                .filter(i -> !cards.get(i).trainable())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .toList();
        var seats = Math.max(0, Math.min(frozen.size(), k - open.length));
        var chosen = Stream.concat(
                frozen.subList(frozen.size() - seats, frozen.size()).stream(),
                IntStream.of(open).boxed());
        return of(chosen.map(i -> new Pick(cards.get(i), scores[i])).toList());
    }
}
