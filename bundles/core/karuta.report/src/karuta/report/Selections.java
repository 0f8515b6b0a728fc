package karuta.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.metrics.forgetting.CardUsage;
import karuta.study.record.Prediction;

/** Counts, task by task, how often the cards of which task were chosen. */
public final class Selections {

    private final Map<String, Count> byTask = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> all = new LinkedHashMap<>();

    /** Samples of one task. */
    private static final class Count {
        private long all;
        private long first;
        private long any;
        private final Map<String, Long> best = new LinkedHashMap<>();
    }

    /** Counts what was chosen after the last stage of the runs; a task that is only watched has no cards of its own. */
    public static Selections of(ArmResults group) {
        var selections = new Selections();
        for (var result : group.results()) {
            var last = result.lastStage();
            var learned = result.run().getTasks();
            result.folder().forEachPrediction(prediction -> {
                if (prediction.stage() == last && learned.contains(prediction.task())) {
                    selections.add(prediction);
                }
            });
        }
        return selections;
    }

    /** Counts a sample; for what is right and wrong, unless no card that belongs to a task was chosen for it. */
    void add(Prediction prediction) {
        var cards = all.computeIfAbsent(prediction.task(), task -> new LinkedHashMap<>());
        prediction.selected().forEach(card -> cards.merge(card.card(), 1L, Long::sum));
        var best = prediction.best().flatMap(Prediction.Selected::task);
        if (best.isEmpty()) {
            return;
        }
        var count = byTask.computeIfAbsent(prediction.task(), task -> new Count());
        count.all++;
        count.first += best.get().equals(prediction.task()) ? 1 : 0;
        count.best.merge(best.get(), 1L, Long::sum);
        count.any += prediction.selected().stream()
                        .anyMatch(card ->
                                card.task().filter(prediction.task()::equals).isPresent())
                ? 1
                : 0;
    }

    /** Whether no card that belongs to a task was chosen. */
    public boolean isEmpty() {
        return byTask.isEmpty();
    }

    /**
     * Which cards were taken: the tasks of the best ones where cards belong to tasks, or else all cards of a sample, by name.
     */
    public CardUsage usage() {
        var best = new LinkedHashMap<String, Map<String, Long>>();
        byTask.forEach((task, count) -> best.put(task, count.best));
        return new CardUsage(best.isEmpty() ? all : best);
    }

    /** Share of a task's samples whose best card was its own. */
    public Optional<Double> first(String task) {
        return Optional.ofNullable(byTask.get(task)).map(count -> (double) count.first / count.all);
    }

    /** Share of a task's samples whose best card is that of another task, or the same; 0 where none was chosen. */
    public double best(String task, String ofCard) {
        return Optional.ofNullable(byTask.get(task))
                .map(count -> (double) count.best.getOrDefault(ofCard, 0L) / count.all)
                .orElse(0.0);
    }

    /** Mean over tasks of {@link #first(String)}. */
    public double first() {
        return mean(
                byTask.keySet().stream().map(task -> first(task).orElseThrow()).toList());
    }

    /** Mean over tasks of the share of samples that got a card of their own task at all. */
    public double any() {
        return mean(byTask.values().stream()
                .map(count -> (double) count.any / count.all)
                .toList());
    }

    private static double mean(List<Double> shares) {
        return shares.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
