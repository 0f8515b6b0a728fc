package karuta.use.explain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.api.Card;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.archive.pool.CardRecord;
import karuta.bench.folder.TaskFolder;
import karuta.engine.catalog.Strategies;
import karuta.use.OpenPool;
import karuta.use.care.HeldOut;
import karuta.use.care.Measurement;
import karuta.use.explain.CardExplanation.Use;

/**
 * Finds out what can be told of a card: asks the whole pool, the card alone, and the pool without it.
 *
 * @param strategies make the scorers
 * @param pool with its models
 */
public record Explainer(Strategies strategies, OpenPool pool) {

    private static final int WORDS = 3;
    private static final int EXAMPLES = 5;
    private static final double PERCENT = 100;

    /** Explains one of the pool's cards. */
    public CardExplanation of(CardRecord card) {
        var unknown = new ArrayList<String>();
        var heldOut = HeldOut.of(pool.files(), Optional.empty());
        return new CardExplanation(
                card.task(),
                tokens(card, unknown),
                examples(card, heldOut, unknown),
                uses(card, heldOut, unknown),
                unknown);
    }

    private List<SoftToken> tokens(CardRecord record, List<String> unknown) {
        var card = card(record);
        var tokenization = pool.tokenization();
        if (tokenization.isEmpty()) {
            unknown.add("The backbone does not tell its words.");
            return List.of();
        }
        var tokens = SoftToken.of(card, pool.embeddings(), tokenization.get(), WORDS);
        if (tokens.isEmpty()) {
            unknown.add("The card has no soft tokens: it inserts something else into the backbone.");
        }
        return tokens;
    }

    private Card card(CardRecord record) {
        return pool.cards().stream()
                .filter(card -> card.id().equals(record.task()))
                .findFirst()
                .orElseThrow();
    }

    private List<Example> examples(CardRecord card, HeldOut heldOut, List<String> unknown) {
        var samples = samples(card, heldOut, unknown);
        if (samples.isEmpty()) {
            return List.of();
        }
        try (var alone = pool.with(other -> other.equals(card))) {
            var examples = Example.nearest(alone, samples, Path.of(card.source().folder()), EXAMPLES);
            if (examples.isEmpty()) {
                unknown.add("The pool's selector gives no scores, so that no sample is nearer than another.");
            }
            return examples;
        }
    }

    private static List<Sample> samples(CardRecord card, HeldOut heldOut, List<String> unknown) {
        var why = heldOut.gone().get(card.task());
        if (why != null) {
            unknown.add("Held-out samples of " + card.task() + " are not here: " + why + ".");
            return List.of();
        }
        return new TaskFolder(Path.of(card.source().folder())).read().train();
    }

    private List<Use> uses(CardRecord card, HeldOut heldOut, List<String> unknown) {
        var gone = pool.files().cards().stream()
                .map(CardRecord::task)
                .filter(heldOut.gone()::containsKey)
                .filter(task -> !task.equals(card.task())) // of its own data it was said before
                .toList();
        if (!gone.isEmpty()) {
            unknown.add("Not asked, since they have no held-out samples here: " + String.join(", ", gone) + ".");
        }
        var tasks = heldOut.tasks();
        if (tasks.isEmpty()) {
            return List.of();
        }
        var with = Measurement.of(strategies, pool, tasks);
        var without = without(card, tasks, unknown);
        return tasks.stream().map(task -> use(card, task, with, without)).toList();
    }

    private Measurement without(CardRecord card, List<Task> tasks, List<String> unknown) {
        if (pool.files().cards().size() == 1) {
            unknown.add("It is the only card of the pool: before it there was the backbone alone.");
            return Measurement.NONE;
        }
        try (var rest = pool.with(other -> !other.equals(card))) {
            return Measurement.of(strategies, rest, tasks);
        }
    }

    private static Use use(CardRecord card, Task task, Measurement with, Measurement without) {
        var taken = with.taken().get(task.name());
        var all = taken.size();
        return new Use(
                task.name(),
                all,
                PERCENT
                        * taken.stream()
                                .filter(cards -> cards.contains(card.task()))
                                .count()
                        / all,
                PERCENT
                        * taken.stream()
                                .filter(cards -> isBest(cards, card.task()))
                                .count()
                        / all,
                with.scores().get(task.name()),
                without.scores().getOrDefault(task.name(), Double.NaN));
    }

    /** The best one is the last. */
    private static boolean isBest(List<String> cards, String card) {
        return !cards.isEmpty() && cards.get(cards.size() - 1).equals(card);
    }
}
