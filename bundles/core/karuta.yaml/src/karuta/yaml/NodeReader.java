package karuta.yaml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Takes values out of YAML nodes. What does not fit is reported and comes back empty. */
public class NodeReader {

    /** Names that become part of file names. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);

    private final Problems problems;

    /** @param problems where what does not fit is reported */
    public NodeReader(Problems problems) {
        this.problems = problems;
    }

    /** Reports a mistake at the place of a node. */
    public void report(Node place, String message) {
        var line = place.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        var column = place.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
        problems.add(line, column, message);
    }

    /** A mapping that is not part of itself. */
    public Optional<Section> section(Node node, String what) {
        if (node instanceof MappingNode mapping && !node.isRecursive()) {
            return Optional.of(new Section(mapping, this));
        }
        report(
                node,
                what + (node.isRecursive() ? " contains itself" : " must be a mapping (key: value)" + found(node)));
        return Optional.empty();
    }

    /** Any single value, as text. */
    public Optional<String> text(Node node, String what) {
        if (node instanceof ScalarNode scalar && PLAIN.contains(scalar.getTag())) {
            return Optional.of(scalar.getValue());
        }
        report(node, what + " must be a single value" + found(node));
        return Optional.empty();
    }

    /** A name that can be part of a folder's name. */
    public Optional<String> name(Node node, String what) {
        return text(node, what).filter(name -> {
            var good = NAME.matcher(name).matches();
            if (!good) {
                report(node, what + " must be made of letters A to Z, digits, '.', '_' and '-', not \"" + name + "\"");
            }
            return good;
        });
    }

    /** The elements of a list that must have some. */
    public List<Node> elements(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            if (sequence.getValue().isEmpty()) {
                report(node, what + " must not be empty");
            }
            return sequence.getValue();
        }
        report(node, what + " must be a list ([a, b])" + found(node));
        return List.of();
    }

    /** A list of different single values: each with its place, in the order of the list. */
    public Map<String, Node> distinct(Node node, String what, String each) {
        var texts = new LinkedHashMap<String, Node>();
        for (var element : elements(node, what)) {
            text(element, each).ifPresent(text -> {
                if (texts.putIfAbsent(text, element) != null) {
                    report(element, "duplicate " + each + " \"" + text + "\"");
                }
            });
        }
        return texts;
    }

    /** A single value, or a list of different ones. */
    public List<String> texts(Node node, String what, String each) {
        return node instanceof SequenceNode
                ? List.copyOf(distinct(node, what, each).keySet())
                : text(node, what).map(List::of).orElse(List.of());
    }

    /** A mapping of names to single values. */
    public Map<String, String> words(Node node, String what) {
        var words = new LinkedHashMap<String, String>();
        section(node, what)
                .ifPresent(section -> section.entries()
                        .forEach((key, value) ->
                                text(value, "\"" + key + "\"").ifPresent(text -> words.put(key, text))));
        return words;
    }

    /** Whether a node is this single value. */
    public boolean isWord(Node node, String word) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals(word);
    }

    /**
     * Whether a value is one of those that are known; if not, it is reported.
     *
     * @param what such as "task"
     */
    public boolean oneOf(Node place, String what, String value, Collection<String> known) {
        if (!known.contains(value)) {
            report(place, "unknown " + what + " \"" + value + "\"" + Suggestion.hint(value, known));
        }
        return known.contains(value);
    }

    /** A whole number from 1 on that an int can hold. */
    public Optional<Integer> count(Node node, String what) {
        return whole(node, what, "a whole number from 1 on", x -> x >= 1 && x <= Integer.MAX_VALUE)
                .map(Long::intValue);
    }

    /** A whole number. */
    public Optional<Long> whole(Node node, String what, String range, LongPredicate fits) {
        return text(node, what).flatMap(text -> {
            try {
                var number = Long.parseLong(text);
                if (fits.test(number)) {
                    return Optional.of(number);
                }
            } catch (NumberFormatException e) {
                // reported below
            }
            report(node, what + " must be " + range + ", not \"" + text + "\"");
            return Optional.empty();
        });
    }

    /** A number that 32 bits can hold. */
    public Optional<Double> number(Node node, String what, String range, DoublePredicate fits) {
        return text(node, what).flatMap(text -> {
            var number = Decimal.read(text).filter(fits::test);
            if (number.isEmpty()) {
                report(node, what + " must be " + range + ", not \"" + text + "\"");
            }
            return number;
        });
    }

    /** True or false. */
    public Optional<Boolean> truth(Node node, String what) {
        return text(node, what).flatMap(text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> {
                report(node, what + " must be true or false, not \"" + text + "\"");
                yield Optional.empty();
            }
        });
    }

    private static String found(Node node) {
        if (node instanceof ScalarNode scalar) {
            if (scalar.getTag().equals(Tag.NULL)) {
                return ", but it is empty";
            }
            return PLAIN.contains(scalar.getTag())
                    ? ", not \"" + scalar.getValue() + "\""
                    : ", not something tagged " + scalar.getTag();
        }
        return node instanceof SequenceNode ? ", not a list" : ", not a mapping";
    }
}
