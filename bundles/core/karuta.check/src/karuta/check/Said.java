package karuta.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Card;
import karuta.api.Forward;
import karuta.api.Selection;

/**
 * What became of a sample, to be compared bit for bit.
 *
 * @param picks the chosen cards
 * @param logits what the backbone said to the answer's tokens
 */
record Said(List<Choice> picks, List<Float> logits) {

    /**
     * A chosen card.
     *
     * @param place of the card in its pool, as names may be others'; -1 for a card of no pool
     * @param score as it was given
     * @param weight how strongly it counts
     */
    record Choice(int place, double score, Optional<Float> weight) {}

    /** Of each sample of a forward pass. */
    static List<Said> of(Forward forward, List<Card> cards) {
        var output = forward.output();
        var numbers = output.logits().toFloatArray();
        var width = numbers.length
                / Math.max(1, output.lengths().stream().mapToInt(n -> n).sum());
        var said = new ArrayList<Said>();
        var from = 0;
        for (var i = 0; i < output.lengths().size(); i++) {
            var to = from + output.lengths().get(i) * width;
            var logits = new ArrayList<Float>(to - from);
            for (var number : Arrays.copyOfRange(numbers, from, to)) {
                logits.add(number);
            }
            said.add(new Said(choices(forward.selections().get(i), cards), logits));
            from = to;
        }
        return said;
    }

    private static List<Choice> choices(Selection selection, List<Card> cards) {
        return selection.picks().stream()
                .map(pick -> new Choice(
                        place(pick.card(), cards), pick.score(), pick.weight().map(weight -> weight.getFloat())))
                .toList();
    }

    private static int place(Card card, List<Card> cards) {
        return IntStream.range(0, cards.size())
                .filter(i -> cards.get(i) == card)
                .findFirst()
                .orElse(-1);
    }

    /**
     * How another differs, in words; empty if it does not.
     *
     * @param rounding how far logits may differ, as a share of the largest; 0 for not by a bit
     */
    Optional<String> unlike(Said other, double rounding) {
        if (!picks.equals(other.picks)) {
            return Optional.of("the cards " + words(picks) + " or " + words(other.picks));
        }
        return near(other, rounding) ? Optional.empty() : Optional.of("logits that differ by up to " + distance(other));
    }

    /** Whether the logits are the same but for rounding. */
    boolean near(Said other, double rounding) {
        var largest = logits.stream().mapToDouble(Math::abs).max().orElse(0);
        return logits.equals(other.logits) || rounding > 0 && distance(other) <= rounding * Math.max(1, largest);
    }

    private static String words(List<Choice> picks) {
        return picks.stream()
                .map(pick -> pick.place() + " (score " + pick.score()
                        + pick.weight().map(weight -> ", weight " + weight).orElse("") + ")")
                .toList()
                .toString();
    }

    /** The largest difference of a logit. */
    double distance(Said other) {
        var largest = 0.0;
        for (var i = 0; i < logits.size(); i++) {
            var difference = Math.abs(logits.get(i) - other.logits.get(i));
            largest = difference >= largest ? difference : Double.isNaN(difference) ? Double.NaN : largest;
        }
        return largest;
    }
}
