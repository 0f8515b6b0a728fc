package karuta.fidelity;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What has been found, of each kind the first. */
final class Findings {

    private final Map<Deviation, Finding> found = new EnumMap<>(Deviation.class);

    void add(Deviation deviation, String does) {
        found.putIfAbsent(deviation, new Finding(deviation, does));
    }

    boolean has(Deviation deviation) {
        return found.containsKey(deviation);
    }

    boolean none() {
        return found.isEmpty();
    }

    List<Finding> all() {
        return List.copyOf(found.values());
    }
}
