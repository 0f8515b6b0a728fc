package karuta.metrics.separability;

import java.util.List;
import java.util.Map;

/**
 * What frozen models make of a task's samples.
 *
 * @param task its name
 * @param train of training samples, features by name; a sample may lack some
 * @param test of test samples
 */
public record TaskFeatures(String task, List<Map<String, float[]>> train, List<Map<String, float[]>> test) {

    /** Copies the lists. */
    public TaskFeatures {
        train = List.copyOf(train);
        test = List.copyOf(test);
    }
}
