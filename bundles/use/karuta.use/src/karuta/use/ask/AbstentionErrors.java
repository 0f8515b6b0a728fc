package karuta.use.ask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import karuta.api.Query;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.use.OpenPool;

/**
 * How often abstaining errs, by questions of which the card is known: asked with all cards, and with their own card left out, as
 * questions of a task that was never learned.
 *
 * @param refused by how much the own questions of each card were refused, from 0 to 1
 * @param accepted by how much they were answered without the card, from 0 to 1
 */
public record AbstentionErrors(Map<String, Double> refused, Map<String, Double> accepted) {

    /** What is judged by. */
    public enum Rule {
        /** The scores of the nearest cards alone. */
        SCORES,
        /** What cards know of their own samples, as far as they do. */
        SAMPLES
    }

    /** Keeps the order. */
    public AbstentionErrors {
        refused = new LinkedHashMap<>(refused);
        accepted = new LinkedHashMap<>(accepted);
    }

    /**
     * Questions with what the pool makes of them, so that many rules can be tried.
     *
     * @param features of each, by name
     * @param selections made for each
     */
    public record Asked(List<Map<String, float[]>> features, List<Selection> selections) {

        /** Copies both. */
        public Asked {
            features = List.copyOf(features);
            selections = List.copyOf(selections);
        }

        /** Asks a pool. */
        public static Asked of(OpenPool pool, List<Query> queries) {
            return new Asked(pool.features(queries), pool.select(queries));
        }

        /** By how much a rule refuses. */
        private double refused(Abstention rule, UnaryOperator<Selection> choice) {
            return IntStream.range(0, features.size())
                            .filter(i -> rule.doubt(features.get(i), choice.apply(selections.get(i)))
                                    .isPresent())
                            .count()
                    / (double) features.size();
        }
    }

    /**
     * Measures.
     *
     * @param asked of at least two cards, each with questions that it was not learned from, by the card's name
     * @param abstention of the pool that has all cards
     */
    public static AbstentionErrors of(Map<String, Asked> asked, Abstention abstention, Rule by) {
        var rule = by == Rule.SCORES ? abstention.byScores() : abstention;
        var refused = new LinkedHashMap<String, Double>();
        var accepted = new LinkedHashMap<String, Double>();
        asked.forEach((card, questions) -> {
            refused.put(card, questions.refused(rule, UnaryOperator.identity()));
            accepted.put(card, 1 - questions.refused(rule.without(card), selection -> without(card, selection)));
        });
        return new AbstentionErrors(refused, accepted);
    }

    /** The scores of cards do not depend on which others are there. */
    private static Selection without(String card, Selection selection) {
        var picks = new ArrayList<Pick>(selection.picks());
        selection.runnerUp().ifPresent(picks::add);
        picks.removeIf(pick -> pick.card().id().equals(card));
        return new Selection(picks, Optional.empty());
    }
}
