package karuta.metrics.separability;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a card is found by.
 *
 * @param card its name
 * @param rows that a feature is compared with, by the feature's name
 */
public record CardKeys(String card, Map<String, List<float[]>> rows) {

    /** Copies the map. */
    public CardKeys {
        rows = Map.copyOf(rows);
    }

    /** Whether all features are compared with the same rows, as those of ModalPrompt's prototypes are. */
    boolean isJoint() {
        var all = List.copyOf(rows.values());
        return all.stream().allMatch(each -> isSame(all.get(0), each));
    }

    private static boolean isSame(List<float[]> some, List<float[]> others) {
        return Arrays.deepEquals(some.toArray(), others.toArray());
    }
}
