package karuta.use.ask;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import karuta.archive.pool.CardRecord;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;

/**
 * What the selector of a run scored: a run holds nothing out, but has asked its test samples.
 *
 * @param scores of the best card for the test samples of each task when all tasks were learned, ascending; none where the selector
 *     gave no scores
 */
public record RunLikeness(Map<String, List<Double>> scores) {

    /** Copies the map. */
    public RunLikeness {
        scores = Map.copyOf(scores);
    }

    /**
     * Reads the predictions of a run.
     *
     * @param stages how many it has
     */
    public static RunLikeness of(RunFolder run, int stages) {
        var scores = new HashMap<String, List<Double>>();
        run.forEachPrediction(prediction -> {
            if (prediction.stage() == stages) {
                best(prediction)
                        .ifPresent(score -> scores.computeIfAbsent(prediction.task(), task -> new ArrayList<>())
                                .add(score));
            }
        });
        scores.replaceAll((task, all) -> CardRecord.kept(all.stream().sorted().toList()));
        return new RunLikeness(scores);
    }

    private static OptionalDouble best(Prediction prediction) {
        return prediction.best().map(Prediction.Selected::score).orElseGet(OptionalDouble::empty);
    }

    /** Those of a card's own samples. */
    public List<Double> of(Optional<String> task) {
        return task.flatMap(own -> Optional.ofNullable(scores.get(own))).orElse(List.of());
    }
}
