package karuta.doctor.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Guidance;
import karuta.doctor.advice.Advice.TaskAdvice;
import karuta.doctor.advice.Advice.Told;
import karuta.metrics.separability.CardKeys;
import karuta.metrics.separability.Encounter;
import karuta.metrics.separability.Separability;
import karuta.metrics.separability.TaskFeatures;
import karuta.metrics.statistics.Wilson;

/** Says what frozen features tell of tasks, and of the cards that are there already. */
public final class Adviser {

    private static final List<String> FEATURES = List.of(Guidance.IMAGE, Guidance.TEXT);

    private Adviser() {}

    /**
     * Compares.
     *
     * @param encoder fingerprint of what made the features
     * @param tasks with their features
     * @param cards of a pool; none if none is named
     */
    public static Advice of(String encoder, List<TaskFeatures> tasks, List<CardKeys> cards) {
        var notes = new ArrayList<String>();
        var usable = tasks.stream().filter(task -> isUsable(task, notes)).toList();
        var found = cards.stream()
                .filter(card -> FEATURES.stream().anyMatch(card.rows()::containsKey))
                .toList();
        if (found.size() < cards.size()) {
            notes.add((found.isEmpty() ? "The" : cards.size() - found.size() + " of the " + cards.size())
                    + " cards of the pool are not found by likeness, so that nothing is told of them.");
        }
        var separability =
                usable.size() < 2 ? Optional.<Separability>empty() : Optional.of(Separability.of(usable, FEATURES));
        return new Advice(
                encoder,
                IntStream.range(0, usable.size())
                        .mapToObj(i -> advice(usable.get(i), i, separability, found))
                        .toList(),
                notes);
    }

    private static boolean isUsable(TaskFeatures task, List<String> notes) {
        if (task.train().isEmpty() || task.test().isEmpty()) {
            notes.add("Nothing is told of \"" + task.task()
                    + "\": it has too few samples to learn from some and test on" + " others.");
            return false;
        }
        return true;
    }

    private static TaskAdvice advice(
            TaskFeatures task, int number, Optional<Separability> separability, List<CardKeys> cards) {
        var fromTasks = separability.map(all -> fromTasks(all, number, task)).orElse(List.of());
        var fromCards = cards.isEmpty() ? List.<Told>of() : fromCards(task, cards);
        return new TaskAdvice(
                task.task(),
                task.train().size(),
                task.test().size(),
                fromTasks,
                fromCards,
                new Sentence(task.task(), task.train().size(), task.test().size()).of(fromTasks, fromCards));
    }

    private static List<Told> fromTasks(Separability all, int number, TaskFeatures task) {
        var others = new ArrayList<>(all.tasks());
        others.remove(number);
        return all.views().stream()
                .map(view -> {
                    var shares = new ArrayList<>(view.routed().get(number));
                    double own = shares.remove(number);
                    return told(view.name(), own, task.test().size(), others, shares);
                })
                .toList();
    }

    private static List<Told> fromCards(TaskFeatures task, List<CardKeys> cards) {
        var encounter = Encounter.of(task, cards, FEATURES);
        return encounter.views().stream()
                .map(seen -> told(seen.name(), seen.own(), task.test().size(), encounter.cards(), seen.taken()))
                .toList();
    }

    private static Told told(String by, double own, int count, List<String> others, List<Double> shares) {
        var most = IntStream.range(0, shares.size())
                .boxed()
                .max((one, other) -> Double.compare(shares.get(one), shares.get(other)))
                .orElseThrow();
        var share = Math.min(1, Math.max(0, own)); // sums of parts of samples may be off by rounding
        return new Told(by, share, Wilson.of(share, count), others.get(most), shares.get(most));
    }
}
