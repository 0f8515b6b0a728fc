package karuta.use.care;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Answer;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Selection.Pick;
import karuta.api.Task;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.use.OpenPool;
import karuta.use.ask.Abstention;

/**
 * What a pool makes of samples.
 *
 * @param scores of each task in percent
 * @param taken which cards were taken for each sample of a task, in their order
 * @param likeness the score of the nearest card for each sample of a task; none where the selector gives no scores
 */
public record Measurement(
        Map<String, Double> scores, Map<String, List<List<String>>> taken, Map<String, List<Double>> likeness) {

    private static final int BATCH = 16;
    private static final double PERCENT = 100;

    /** Nothing measured. */
    public static final Measurement NONE = new Measurement(Map.of(), Map.of(), Map.of());

    /** Copies all. */
    public Measurement {
        scores = new TreeMap<>(scores);
        taken = new TreeMap<>(taken);
        likeness = new TreeMap<>(likeness);
    }

    /**
     * Asks the test samples of tasks.
     *
     * @throws KarutaException if a task's scorer is not there
     */
    public static Measurement of(Strategies strategies, OpenPool pool, List<Task> tasks) {
        var scores = new TreeMap<String, Double>();
        var taken = new TreeMap<String, List<List<String>>>();
        var likeness = new TreeMap<String, List<Double>>();
        for (var task : tasks) {
            var answers = answers(pool, task.test());
            scores.put(task.name(), PERCENT * score(strategies, task, answers));
            taken.put(task.name(), answers.stream().map(Measurement::cards).toList());
            likeness.put(
                    task.name(), answers.stream().flatMap(Measurement::nearest).toList());
        }
        return new Measurement(scores, taken, likeness);
    }

    private static List<Answer> answers(OpenPool pool, List<Sample> samples) {
        var answers = new ArrayList<Answer>();
        for (var from = 0; from < samples.size(); from += BATCH) {
            var part = samples.subList(from, Math.min(samples.size(), from + BATCH));
            answers.addAll(pool.ask(part.stream().map(Sample::query).toList()));
        }
        return answers;
    }

    private static double score(Strategies strategies, Task task, List<Answer> answers) {
        var type = strategies.find(Kind.SCORER, task.scorer()).orElseThrow(() -> {
            var missing = strategies.missing(Kind.SCORER, task.scorer());
            return new KarutaException(
                    "The card \"" + task.name() + "\" cannot be scored: " + missing.what(), missing.remedy());
        });
        try (var scorer = strategies.create(type, Map.of())) {
            return ((Scorer) scorer.strategy())
                    .score(IntStream.range(0, answers.size())
                            .mapToObj(i -> new Scorer.Response(
                                    task.test().get(i), answers.get(i).text()))
                            .toList())
                    .value();
        }
    }

    private static List<String> cards(Answer answer) {
        return answer.selection().picks().stream().map(pick -> pick.card().id()).toList();
    }

    private static Stream<Double> nearest(Answer answer) {
        return Abstention.nearest(answer.selection()).map(Pick::score).stream();
    }

    /** For how much of a task's samples another measurement has taken the same cards in the same order, from 0 to 1. */
    public double sameCards(Measurement other, String task) {
        var own = taken.get(task);
        var others = other.taken.get(task);
        return IntStream.range(0, own.size())
                        .filter(i -> own.get(i).equals(others.get(i)))
                        .count()
                / (double) own.size();
    }

    /** The most that a task of this one has lost in another, in points; 0 if none has lost. */
    public double loss(Measurement other) {
        return scores.keySet().stream().mapToDouble(task -> scores.get(task) - other.scores.get(task)).max().stream()
                .map(most -> Math.max(0, most))
                .findFirst()
                .orElse(0);
    }
}
