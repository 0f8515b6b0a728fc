package karuta.metrics;

import java.util.EnumMap;
import java.util.Map;

/**
 * The scores that runs are compared with, as far as they are known.
 *
 * @param scores by task
 */
public record References(Map<Reference, Map<String, Double>> scores) {

    /** Nothing is known. */
    public static final References NONE = new References(Map.of());

    /** Copies the maps. */
    public References {
        var copy = new EnumMap<Reference, Map<String, Double>>(Reference.class);
        scores.forEach((reference, byTask) -> copy.put(reference, Map.copyOf(byTask)));
        scores = Map.copyOf(copy);
    }

    /** The score on a task; NaN if it is not known. */
    public double of(Reference reference, String task) {
        return scores.getOrDefault(reference, Map.of()).getOrDefault(task, Double.NaN);
    }
}
