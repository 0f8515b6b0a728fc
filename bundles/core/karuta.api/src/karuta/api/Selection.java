package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The cards chosen for one sample, in the order in which a fusion shall use them.
 *
 * @param picks any number of them; the last one is nearest to the text
 * @param runnerUp the best of those that were not chosen, for the record; empty where all were, or where nobody compared
 */
public record Selection(List<Pick> picks, Optional<Pick> runnerUp) {

    /** Nothing chosen. */
    public static final Selection NONE = new Selection(List.of());

    /** Copies the list. */
    public Selection {
        picks = List.copyOf(picks);
    }

    /** A choice that does not say who came next. */
    public Selection(List<Pick> picks) {
        this(picks, Optional.empty());
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

    /**
     * The {@code k} best cards in ascending order of score, so that the best is nearest to the text. Cards that are trained
     * always get a seat, and come last (ModalPrompt, section 3: K-1 earlier prompts and the one being learned).
     *
     * @param cards the candidates
     * @param scores one per candidate, higher is better; of equals the newer card is the better one; those of trainable
     *     cards do not matter
     * @param k how many cards in all
     * @throws KarutaException if there is another number of scores, or one that counts is not a number
     */
    public static Selection top(Cards cards, double[] scores, int k) {
        if (scores.length != cards.size()) {
            throw new KarutaException(
                    "A selector gave " + scores.length + " scores to " + cards.size() + " cards.",
                    "Mend the selector.");
        }
        var frozen = cards.frozen();
        var best = best(cards, frozen, scores, Math.max(0, k - (cards.size() - frozen.length)));
        return new Selection(
                IntStream.concat(IntStream.of(best.seats), IntStream.of(cards.trainable()))
                        .mapToObj(i -> new Pick(cards.get(i), scores[i]))
                        .toList(),
                best.next.stream()
                        .mapToObj(i -> new Pick(cards.get(i), scores[i]))
                        .findFirst());
    }

    /**
     * Places of cards.
     *
     * @param seats of the best ones, ascending
     * @param next of the best one without a seat, if there are any
     */
    private record Best(int[] seats, OptionalInt next) {}

    /** What has a seat moves down as better ones come. */
    private static Best best(Cards cards, int[] places, double[] scores, int most) {
        var seats = new int[Math.min(most, places.length)];
        var taken = 0;
        var next = OptionalInt.empty();
        for (var place : places) {
            if (Double.isNaN(scores[place])) {
                throw new KarutaException(
                        "A selector scored the card \"" + cards.get(place).id() + "\" with what is no number (NaN).",
                        "Mend the selector; are the card's keys, or the features of the sample, all zero?");
            }
            if (taken < seats.length) {
                seats[taken++] = place;
            } else if (taken == 0 || Double.compare(scores[place], scores[seats[0]]) < 0) {
                next = better(next, place, scores);
                continue;
            } else {
                next = better(next, seats[0], scores);
                System.arraycopy(seats, 1, seats, 0, taken - 1);
                seats[taken - 1] = place;
            }
            for (var i = taken - 1; i > 0 && Double.compare(scores[seats[i - 1]], scores[seats[i]]) > 0; i--) {
                var better = seats[i - 1];
                seats[i - 1] = seats[i];
                seats[i] = better;
            }
        }
        return new Best(seats, next);
    }

    /** The second one, where it is as good: it is newer. */
    private static OptionalInt better(OptionalInt one, int other, double[] scores) {
        return one.isPresent() && Double.compare(scores[other], scores[one.getAsInt()]) < 0
                ? one
                : OptionalInt.of(other);
    }
}
