package karuta.engine.loop;

import java.util.Map;
import karuta.api.Footprint;
import karuta.api.Stage;

/**
 * What became of a stage.
 *
 * @param stage which
 * @param steps of the optimiser
 * @param samples that went through training, counted as often as they were used
 * @param seconds of training
 * @param losses mean of each term over the last tenth of the steps
 * @param footprint what the learner costs so far
 */
public record StageResult(
        Stage stage, int steps, long samples, double seconds, Map<String, Double> losses, Footprint footprint) {}
