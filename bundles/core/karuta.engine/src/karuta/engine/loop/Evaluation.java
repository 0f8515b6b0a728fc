package karuta.engine.loop;

import java.util.List;
import java.util.Map;
import karuta.engine.features.Reuse;
import karuta.study.record.Prediction;

/**
 * The answers to all test samples of all tasks at one time: a row of the accuracy matrix and what it was made of.
 *
 * @param stage after which; 0 before training
 * @param predictions task by task, in the order of the run
 * @param values what the rule of each task says of all its answers, by task
 * @param figures what else the rule says of them, by task and name
 * @param verified how many answers did not change when they were asked again in other company; 0 where nobody asked
 * @param answered how many of them were generated now; none if the learner is the same as after the stage before
 * @param seconds that took
 * @param reuse the answers that were taken over instead
 */
public record Evaluation(
        int stage,
        List<Prediction> predictions,
        Map<String, Double> values,
        Map<String, Map<String, Double>> figures,
        int verified,
        long answered,
        double seconds,
        Reuse reuse) {

    /** Copies list and maps. */
    public Evaluation {
        predictions = List.copyOf(predictions);
        values = Map.copyOf(values);
        figures = Map.copyOf(figures);
    }

    /** The figure of each task, in the order of {@code tasks}; NaN for a task without test samples. */
    public List<Double> scores(List<String> tasks) {
        return tasks.stream().map(task -> values.getOrDefault(task, Double.NaN)).toList();
    }

    /** The same answers, given after another stage. */
    Evaluation after(int later) {
        return new Evaluation(
                later,
                predictions.stream().map(prediction -> prediction.after(later)).toList(),
                values,
                figures,
                0,
                0,
                0,
                new Reuse(predictions.size(), seconds + reuse.seconds()));
    }
}
