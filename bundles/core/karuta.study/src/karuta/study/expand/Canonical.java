package karuta.study.expand;

import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Text that is equal for trees that mean the same: the order of keys does not count, nor whether an id stands alone. */
final class Canonical {

    private Canonical() {}

    static String of(Node tree) {
        if (tree instanceof ScalarNode scalar) {
            return '"' + scalar.getValue() + '"';
        }
        if (tree instanceof SequenceNode list) {
            return list.getValue().stream().map(Canonical::of).collect(Collectors.joining(",", "[", "]"));
        }
        return ((MappingNode) tree)
                .getValue().stream()
                        .map(entry -> of(entry.getKeyNode()) + ":" + alone(of(entry.getValueNode())))
                        .sorted()
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String alone(String value) {
        return value.startsWith("{\"id\":") && !value.contains(",")
                ? value.substring("{\"id\":".length(), value.length() - 1)
                : value;
    }
}
