package karuta.engine.run;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import karuta.api.Card;
import karuta.engine.loop.Evaluation;
import karuta.metrics.forgetting.CardUsage;
import karuta.study.record.Prediction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after each stage which cards are in use, and warns where one takes nearly all samples, or where nobody takes one.
 *
 * @param title of the run
 */
record CardWatch(String title) {

    private static final Logger log = LoggerFactory.getLogger(CardWatch.class);

    /**
     * Looks.
     *
     * @param learned tasks so far: what samples of others take says nothing yet
     * @param cards of all pools
     */
    void look(Evaluation evaluation, Collection<String> learned, Collection<Card> cards) {
        var asked = evaluation.predictions().stream()
                .filter(prediction -> learned.contains(prediction.task()))
                .toList();
        var ofTasks = asked.stream().anyMatch(prediction -> prediction.best().isPresent());
        var usage = usage(asked, ofTasks);
        usage.most().ifPresent(most -> {
            log.info(
                    "stage {}: cards in use, in effect: {} of {}; taken most: {} ({} %)",
                    evaluation.stage(),
                    decimal(usage.effectiveCards()),
                    cards.size(),
                    most,
                    decimal(100 * usage.meanShare(most)));
            if (ofTasks) {
                usage.dominant()
                        .ifPresent(card -> log.warn(
                                "{}: after stage {}, the card {} is the best one for {} % of all samples of the tasks learned"
                                        + " so far: the choice of cards has collapsed",
                                title, evaluation.stage(), card, decimal(100 * usage.meanShare(card))));
            }
            var never = usage.neverTaken(names(cards, ofTasks));
            if (!never.isEmpty()) {
                log.warn("{}: after stage {}, no sample takes {}", title, evaluation.stage(), String.join(", ", never));
            }
        });
    }

    private static List<String> names(Collection<Card> cards, boolean ofTasks) {
        return cards.stream()
                .filter(card -> card.task().isPresent() == ofTasks)
                .map(Card::id)
                .toList();
    }

    private static CardUsage usage(List<Prediction> asked, boolean ofTasks) {
        var counts = new LinkedHashMap<String, Map<String, Long>>();
        for (var prediction : asked) {
            var taken = counts.computeIfAbsent(prediction.task(), task -> new LinkedHashMap<>());
            (ofTasks ? prediction.best().stream() : prediction.selected().stream())
                    .forEach(card -> taken.merge(card.card(), 1L, Long::sum));
        }
        return new CardUsage(counts);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
