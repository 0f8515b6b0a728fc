package karuta.study.expand;

import java.util.List;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value at a place.
 *
 * @param path where
 * @param value what; an empty one takes away what stands there
 */
record Setting(KeyPath path, Node value) {

    Node in(Node tree) {
        return value.getTag().equals(Tag.NULL) ? path.without(tree) : path.with(tree, value);
    }

    static Node all(List<Setting> settings, Node tree) {
        var changed = tree;
        for (var setting : settings) {
            changed = setting.in(changed);
        }
        return changed;
    }

    /** For the name of an arm: {@code k3}, {@code text}, {@code threshold-threshold0.2}. */
    String word() {
        return (path.strategy() ? "" : path.last()) + word(value);
    }

    private static String word(Node value) {
        if (value instanceof ScalarNode scalar) {
            return scalar.getValue().replaceAll("[^A-Za-z0-9._-]+", "_");
        }
        if (value instanceof SequenceNode list) {
            return list.getValue().stream().map(Setting::word).collect(Collectors.joining("-"));
        }
        return ((MappingNode) value).getValue().stream().map(Setting::word).collect(Collectors.joining("-"));
    }

    private static String word(NodeTuple entry) {
        var key = word(entry.getKeyNode());
        return (key.equals("id") ? "" : key) + word(entry.getValueNode());
    }
}
