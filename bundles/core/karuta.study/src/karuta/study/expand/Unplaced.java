package karuta.study.expand;

import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Values that stand in no file: mistakes in them are told of the file as a whole, not of a line that is another's. */
final class Unplaced {

    private Unplaced() {}

    static Node nothing() {
        return new ScalarNode(Tag.NULL, true, "", ScalarStyle.PLAIN, Optional.empty(), Optional.empty());
    }

    static Node of(Node node) {
        if (node instanceof ScalarNode scalar) {
            return new ScalarNode(
                    scalar.getTag(), true, scalar.getValue(), ScalarStyle.PLAIN, Optional.empty(), Optional.empty());
        }
        if (node instanceof SequenceNode list) {
            return new SequenceNode(
                    list.getTag(),
                    true,
                    list.getValue().stream().map(Unplaced::of).toList(),
                    list.getFlowStyle(),
                    Optional.empty(),
                    Optional.empty());
        }
        var mapping = (MappingNode) node;
        return new MappingNode(
                mapping.getTag(),
                true,
                mapping.getValue().stream()
                        .map(entry -> new NodeTuple(of(entry.getKeyNode()), of(entry.getValueNode())))
                        .toList(),
                mapping.getFlowStyle(),
                Optional.empty(),
                Optional.empty());
    }
}
