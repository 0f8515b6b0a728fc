package karuta.study.expand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.yaml.NodeReader;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Where something stands in a study or in an arm: {@code selector.k}. A name may hold dots itself; the longest one that is there
 * is meant.
 *
 * @param words between the dots
 */
record KeyPath(List<String> words) {

    /** Keys whose value may be a mere id where others have options beside it. */
    private static final Set<String> STRATEGIES =
            Set.of("backbone", "encoder", "benchmark", "learner", "baseline", "pool", "selector", "fusion");

    KeyPath {
        words = List.copyOf(words);
    }

    static Optional<KeyPath> of(String text) {
        var words = List.of(text.split("\\.", -1));
        return words.stream().allMatch(word -> NodeReader.NAME.matcher(word).matches())
                ? Optional.of(new KeyPath(words))
                : Optional.empty();
    }

    /** The last word: what people call it. */
    String last() {
        return words.get(words.size() - 1);
    }

    /** Whether a strategy as a whole stands there. */
    boolean strategy() {
        return STRATEGIES.contains(last());
    }

    /** What stands there, if anything does. */
    Optional<Node> in(Node tree) {
        if (words.isEmpty()) {
            return Optional.of(tree);
        }
        if (!(tree instanceof MappingNode mapping)) {
            return words.equals(List.of("id")) && tree instanceof ScalarNode ? Optional.of(tree) : Optional.empty();
        }
        var length = known(mapping);
        return value(mapping, key(length)).flatMap(inner -> rest(length).in(inner));
    }

    /** The same tree with another value there; what is missing on the way is made. */
    Node with(Node tree, Node value) {
        if (words.isEmpty()) {
            return value;
        }
        var mapping = (MappingNode) tree;
        var length = known(mapping);
        var key = key(length);
        var rest = rest(length);
        var before = value(mapping, key);
        var after = rest.words.isEmpty() ? value : rest.with(open(key, before, value), value);
        return replaced(mapping, key, before.isPresent(), Optional.of(after), value);
    }

    /** The same tree without what stands there. */
    Node without(Node tree) {
        if (!(tree instanceof MappingNode mapping)) {
            return tree;
        }
        var length = known(mapping);
        var key = key(length);
        return value(mapping, key)
                .<Node>map(inner -> {
                    var rest = rest(length);
                    var after = rest.words.isEmpty() ? Optional.<Node>empty() : Optional.of(rest.without(inner));
                    return replaced(mapping, key, true, after, inner);
                })
                .orElse(tree);
    }

    /** Something that keys can be put into: a strategy that is a mere id becomes a mapping with that id. */
    private static Node open(String key, Optional<Node> before, Node place) {
        if (before.isPresent() && before.get() instanceof MappingNode) {
            return before.get();
        }
        var entries = new ArrayList<NodeTuple>();
        if (STRATEGIES.contains(key)) {
            before.ifPresent(id -> entries.add(new NodeTuple(text("id", id), id)));
        }
        return mapping(entries, before.orElse(place));
    }

    private static MappingNode replaced(
            MappingNode mapping, String key, boolean there, Optional<Node> value, Node place) {
        var entries = new ArrayList<NodeTuple>();
        for (var entry : mapping.getValue()) {
            if (!named(entry, key)) {
                entries.add(entry);
            } else {
                value.ifPresent(after -> entries.add(new NodeTuple(entry.getKeyNode(), after)));
            }
        }
        if (!there) {
            value.ifPresent(after -> entries.add(new NodeTuple(text(key, place), after)));
        }
        return mapping(entries, mapping);
    }

    /** How many words the longest key has that the mapping holds; 1 if it holds none. */
    private int known(MappingNode mapping) {
        return IntStream.iterate(words.size(), length -> length > 1, length -> length - 1)
                .filter(length -> value(mapping, key(length)).isPresent())
                .findFirst()
                .orElse(1);
    }

    private String key(int length) {
        return String.join(".", words.subList(0, length));
    }

    private KeyPath rest(int length) {
        return new KeyPath(words.subList(length, words.size()));
    }

    private static Optional<Node> value(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(entry -> named(entry, key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static boolean named(NodeTuple entry, String key) {
        return entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key);
    }

    static MappingNode mapping(List<NodeTuple> entries, Node place) {
        return new MappingNode(Tag.MAP, true, entries, FlowStyle.BLOCK, place.getStartMark(), place.getEndMark());
    }

    static ScalarNode text(String text, Node place) {
        return new ScalarNode(Tag.STR, true, text, ScalarStyle.PLAIN, place.getStartMark(), place.getEndMark());
    }

    @Override
    public String toString() {
        return String.join(".", words);
    }
}
