package karuta.engine.loop;

import java.util.List;
import java.util.stream.Collectors;
import karuta.study.record.Prediction;

/**
 * The answers to all test samples of all tasks at one time: a row of the accuracy matrix and what it was made of.
 *
 * @param stage after which; 0 before training
 * @param predictions task by task, in the order of the run
 * @param answered how many of them were generated now; 0 if the learner is the same as after the stage before
 * @param seconds that took
 */
public record Evaluation(int stage, List<Prediction> predictions, long answered, double seconds) {

    /** Copies the list. */
    public Evaluation {
        predictions = List.copyOf(predictions);
    }

    /** Mean score per task, in the order of {@code tasks}; NaN for a task without test samples. */
    public List<Double> scores(List<String> tasks) {
        var means = predictions.stream()
                .collect(Collectors.groupingBy(Prediction::task, Collectors.averagingDouble(Prediction::score)));
        return tasks.stream().map(task -> means.getOrDefault(task, Double.NaN)).toList();
    }

    /** The same answers, given after another stage. */
    Evaluation after(int later) {
        return new Evaluation(
                later,
                predictions.stream().map(prediction -> prediction.after(later)).toList(),
                0,
                0);
    }
}
