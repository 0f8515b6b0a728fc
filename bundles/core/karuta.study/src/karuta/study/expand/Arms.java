package karuta.study.expand;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.yaml.NodeReader;
import karuta.yaml.Section;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** The arms of a study while more are made of them. Two that mean the same are one. */
final class Arms {

    /** More are no study but a mistake in a grid. */
    static final int MOST = 100_000;

    private final NodeReader values;
    private final Map<String, Node> arms;
    private final Map<String, String> names = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    Arms(Section section, NodeReader values) {
        this.values = values;
        this.arms = new LinkedHashMap<>(section.entries());
        arms.forEach((name, arm) -> names.putIfAbsent(Canonical.of(arm), name));
    }

    /** The arm with this name, or where none is named the only one that the file has. */
    Optional<Map.Entry<String, Node>> reference(Optional<Node> named, Node place, String what) {
        if (named.isPresent()) {
            return values.text(named.get(), "\"arm\"")
                    .filter(name -> values.oneOf(named.get(), "arm", name, arms.keySet()))
                    .map(name -> Map.entry(name, arms.get(name)));
        }
        if (arms.size() != 1) {
            values.report(
                    place,
                    "\"" + what + "\" must say of which arm (arm: NAME), as the study has "
                            + String.join(", ", arms.keySet()));
            return Optional.empty();
        }
        return arms.entrySet().stream().findFirst();
    }

    /** Adds an arm, unless it is there already under another name. */
    void add(String name, Node arm, Node place) {
        var same = names.putIfAbsent(Canonical.of(arm), name);
        if (same != null) {
            notes.add("arm \"" + name + "\" is left out, as it is the same as \"" + same + "\"");
        } else if (arms.putIfAbsent(name, arm) != null) {
            values.report(place, "makes a second arm \"" + name + "\"; rename the one that is there");
        }
    }

    /** What was left out, and why. */
    List<String> notes() {
        return notes;
    }

    Node node(Node place) {
        return KeyPath.mapping(
                arms.entrySet().stream()
                        .map(arm -> new NodeTuple(KeyPath.text(arm.getKey(), arm.getValue()), arm.getValue()))
                        .toList(),
                place);
    }
}
