package karuta.use.ask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.PoolFiles;
import karuta.use.ask.Doubt.Measure;

/**
 * When no card is like a question: where it lies farther from the own samples of every card than nearly all of the card's held-out
 * samples do ({@link OwnFeatures}).
 *
 * <p>A card that does not know what its own samples look like is judged by the score that the choice is made by, where it is the
 * nearest one: below what all but a small share of its own validation questions reached (Hendrycks, Gimpel: A Baseline for Detecting
 * Misclassified and Out-of-Distribution Examples, ICLR 2017). That refuses what is far from everything and little else. {@code pool.md}
 * says how often either errs.
 */
public final class Abstention {

    /** One in twenty. */
    public static final double SHARE = 0.05;

    private final double share;
    private final Map<String, OwnFeatures> own;
    private final List<CardRecord> cards;
    private final Map<String, Double> reach = new HashMap<>();

    private Abstention(double share, Map<String, OwnFeatures> own, List<CardRecord> cards) {
        if (!(share >= 0 && share < 1)) {
            throw new KarutaException(
                    "The share of own questions that may be refused is " + share + ".",
                    "It goes from 0 to less than 1 (of percent: 100).");
        }
        this.share = share;
        this.own = new TreeMap<>(own);
        this.cards = List.copyOf(cards);
        cards.forEach(card -> card.likeness().stream()
                .sorted()
                .skip((int) (share * card.likeness().size()))
                .findFirst()
                .ifPresent(least -> reach.put(card.task(), least)));
    }

    /**
     * Learns the thresholds.
     *
     * @param files of the pool, with keys that open its cards
     * @param share of a card's own questions that may be refused, from 0 to less than 1
     * @throws KarutaException if it is no such share, nothing is known of any card, or a card cannot be opened
     */
    public static Abstention of(PoolFiles files, double share) {
        var own = new HashMap<String, OwnFeatures>();
        var cards = files.cards();
        cards.forEach(card ->
                OwnFeatures.of(card.task(), files.tensors(card)).ifPresent(known -> own.put(card.task(), known)));
        return of(cards, own, share);
    }

    /** @param own what some of the cards know of their own samples */
    static Abstention of(List<CardRecord> cards, Map<String, OwnFeatures> own, double share) {
        var rule = new Abstention(share, own, cards);
        if (rule.own.isEmpty() && rule.reach.isEmpty()) {
            throw new KarutaException(
                    "No card of the pool has validation scores, so that nothing says when a question is like none.",
                    "Learn cards with \"karuta learn\", which holds samples out, or import a run that has predictions.");
        }
        return rule;
    }

    /**
     * The same with other thresholds.
     *
     * @param other share of a card's own questions that may be refused, from 0 to less than 1
     * @throws KarutaException if it is no such share
     */
    public Abstention leaving(double other) {
        return new Abstention(other, own, cards);
    }

    /**
     * The same without what cards know of the features of another encoder.
     *
     * @param encoder fingerprint of the one that is there
     */
    public Abstention by(String encoder) {
        var fit = new HashMap<>(own);
        fit.values().removeIf(known -> !known.isOf(encoder));
        return new Abstention(share, fit, cards);
    }

    /**
     * The same for the pool without a card.
     *
     * @param card left out, so that its questions are of a task that was never learned
     */
    Abstention without(String card) {
        var others = new HashMap<>(own);
        others.remove(card);
        var left = cards.stream().filter(each -> !each.task().equals(card)).toList();
        return new Abstention(share, others, left);
    }

    /** The same by scores alone. */
    Abstention byScores() {
        return new Abstention(share, Map.of(), cards);
    }

    /** What must be known of it, a sentence each; none where every card knows its own samples. */
    public List<String> warnings() {
        var warnings = new ArrayList<String>();
        names(card -> reach.containsKey(card))
                .ifPresent(weak -> warnings.add("judged by scores alone, which let many foreign questions pass: " + weak
                        + " (\"karuta pool realign\" lets cards know their own samples)"));
        names(card -> !reach.containsKey(card))
                .ifPresent(unjudged -> warnings.add("without validation scores, never refused by: " + unjudged));
        return warnings;
    }

    /** Of the cards that do not know their own samples. */
    private Optional<String> names(Predicate<String> which) {
        return Optional.of(String.join(
                        ", ",
                        cards.stream()
                                .map(CardRecord::task)
                                .filter(card -> !own.containsKey(card))
                                .filter(which)
                                .toList()))
                .filter(names -> !names.isEmpty());
    }

    /**
     * Why a question should get no answer; empty if it should get one.
     *
     * @param features of the question, by name
     * @param selection made for it
     * @throws KarutaException if the choice was made without scores, and a card can be judged by nothing else
     */
    public Optional<Doubt> doubt(Map<String, float[]> features, Selection selection) {
        var known = new TreeMap<String, Doubt>();
        own.forEach((card, samples) -> samples.nearness(features, share)
                .ifPresent(near -> known.put(card, new Doubt(card, Measure.DISTANCE, near.distance(), near.reach()))));
        if (known.values().stream().anyMatch(near -> near.value() <= near.reach())) {
            return Optional.empty();
        }
        return known.size() == cards.size()
                ? known.values().stream().min(Comparator.comparingDouble(near -> near.value() / near.reach()))
                : byScore(known, selection);
    }

    /** No card that knows its own samples is like the question; the nearest one may be another. */
    private Optional<Doubt> byScore(Map<String, Doubt> known, Selection selection) {
        var nearest = nearest(selection)
                .orElseThrow(() -> new KarutaException(
                        "The pool's selector chooses without scores, so that nothing says how like a card is.",
                        "Ask without --abstain, or use a pool whose selector compares, such as \"dual\"."));
        var card = nearest.card().id();
        return Optional.ofNullable(known.get(card))
                .or(() -> Optional.ofNullable(reach.get(card))
                        .filter(least -> nearest.score() < least)
                        .map(least -> new Doubt(card, Measure.SCORE, nearest.score(), least)));
    }

    /** The card with the highest score, taken or not; empty where the choice was made without scores. */
    public static Optional<Pick> nearest(Selection selection) {
        return Stream.concat(selection.picks().stream(), selection.runnerUp().stream())
                .filter(pick -> !Double.isNaN(pick.score()))
                .max(Comparator.comparingDouble(Pick::score));
    }
}
