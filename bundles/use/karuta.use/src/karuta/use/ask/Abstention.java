package karuta.use.ask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.archive.pool.CardRecord;

/**
 * When no card is like a question: where the score of the nearest card is below what all but a small share of that card's own
 * validation questions reached. A threshold for each card, since the cards' prototypes lie at different distances from what they
 * stand for. The rule is the plain one on the score that the choice is made by (Hendrycks, Gimpel: A Baseline for Detecting
 * Misclassified and Out-of-Distribution Examples, ICLR 2017), with a quantile of held-out scores as threshold. {@code pool.md} says
 * how often it errs.
 */
public final class Abstention {

    /** One in twenty. */
    public static final double SHARE = 0.05;

    private final Map<String, Double> reach;
    private final List<String> unjudged;

    private Abstention(Map<String, Double> reach, List<String> unjudged) {
        this.reach = Map.copyOf(reach);
        this.unjudged = List.copyOf(unjudged);
    }

    /**
     * Learns the thresholds.
     *
     * @param cards of the pool
     * @param share of a card's own validation questions that would be refused, from 0 to less than 1
     * @throws KarutaException if it is no such share, or no card has validation scores
     */
    public static Abstention of(List<CardRecord> cards, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new KarutaException(
                    "The share of own questions that may be refused is " + share + ".",
                    "It goes from 0 to less than 1 (of percent: 100).");
        }
        var reach = new HashMap<String, Double>();
        var unjudged = new ArrayList<String>();
        for (var card : cards) {
            var scores = card.likeness().stream().sorted().toList();
            if (scores.isEmpty()) {
                unjudged.add(card.task());
            } else {
                reach.put(card.task(), scores.get((int) (share * scores.size())));
            }
        }
        if (reach.isEmpty()) {
            throw new KarutaException(
                    "No card of the pool has validation scores, so that nothing says when a question is like none.",
                    "Learn cards with \"karuta learn\", which holds samples out, or import a run that has predictions.");
        }
        return new Abstention(reach, unjudged);
    }

    /** The cards without validation scores: a question that is nearest to one of them is answered. */
    public List<String> unjudged() {
        return unjudged;
    }

    /**
     * Why a question should get no answer; empty if it should get one.
     *
     * @param selection made for it
     * @throws KarutaException if the choice was made without scores
     */
    public Optional<Doubt> doubt(Selection selection) {
        var nearest = Stream.concat(selection.picks().stream(), selection.runnerUp().stream())
                .filter(pick -> !Double.isNaN(pick.score()))
                .max(Comparator.comparingDouble(Pick::score))
                .orElseThrow(() -> new KarutaException(
                        "The pool's selector chooses without scores, so that nothing says how like a card is.",
                        "Ask without --abstain, or use a pool whose selector compares, such as \"dual\"."));
        var card = nearest.card().id();
        return Optional.ofNullable(reach.get(card))
                .filter(least -> nearest.score() < least)
                .map(least -> new Doubt(card, nearest.score(), least));
    }
}
