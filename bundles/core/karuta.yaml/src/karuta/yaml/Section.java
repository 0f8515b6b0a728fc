package karuta.yaml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** A mapping of the file, by key. */
public final class Section {

    private final MappingNode node;
    private final NodeReader values;
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Map<String, Node> entries = new LinkedHashMap<>();

    /** Reports keys that are no words and keys that are there twice. */
    public Section(MappingNode node, NodeReader values) {
        this.node = node;
        this.values = values;
        for (var entry : node.getValue()) {
            values.text(entry.getKeyNode(), "a key").ifPresent(key -> {
                if (keys.putIfAbsent(key, entry.getKeyNode()) == null) {
                    entries.put(key, entry.getValueNode());
                } else {
                    values.report(entry.getKeyNode(), "duplicate key \"" + key + "\"");
                }
            });
        }
    }

    /** Reports every key that is not among the known ones. */
    public Section only(Collection<String> known) {
        keys.forEach((key, place) -> {
            if (!known.contains(key)) {
                values.report(place, "unknown key \"" + key + "\"" + Suggestion.hint(key, known));
            }
        });
        return this;
    }

    /** The value of a key, if it is there. */
    public Optional<Node> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Like {@link #get}, but reports that it is missing. */
    public Optional<Node> need(String key, String where) {
        var value = get(key);
        if (value.isEmpty()) {
            values.report(node, "key \"" + key + "\" is missing " + where);
        }
        return value;
    }

    /** Where the key stands. */
    public Node place(String key) {
        return keys.get(key);
    }

    /** All keys with their values, in the order of the file. */
    public Map<String, Node> entries() {
        return entries;
    }

    /** The mapping itself. */
    public MappingNode node() {
        return node;
    }
}
