package karuta.study.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.LongPredicate;
import karuta.study.KarutaFactory;
import karuta.study.Located;
import karuta.study.Word;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Takes values out of YAML nodes. What does not fit is reported and comes back empty. */
final class NodeReader {

    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);

    private final Problems problems;

    NodeReader(Problems problems) {
        this.problems = problems;
    }

    void report(Node place, String message) {
        var line = place.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        var column = place.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
        problems.add(line, column, message);
    }

    /** Gives an object the place of a node. */
    <T extends Located> T locate(T object, Node place) {
        place.getStartMark().ifPresent(mark -> {
            object.setLine(mark.getLine() + 1);
            object.setColumn(mark.getColumn() + 1);
        });
        return object;
    }

    /** A mapping that is not part of itself. */
    Optional<Section> section(Node node, String what) {
        if (node instanceof MappingNode mapping && !node.isRecursive()) {
            return Optional.of(new Section(mapping, this));
        }
        report(
                node,
                what + (node.isRecursive() ? " contains itself" : " must be a mapping (key: value)" + found(node)));
        return Optional.empty();
    }

    /** Any single value, as text. */
    Optional<Word> word(Node node, String what) {
        if (node instanceof ScalarNode scalar && PLAIN.contains(scalar.getTag())) {
            var word = locate(KarutaFactory.eINSTANCE.createWord(), node);
            word.setText(scalar.getValue());
            return Optional.of(word);
        }
        report(node, what + " must be a single value" + found(node));
        return Optional.empty();
    }

    /** A name that can be part of a folder's name. */
    Optional<String> name(Node node, String what) {
        return word(node, what).map(Word::getText).filter(name -> {
            var good = StudyKeys.NAME.matcher(name).matches();
            if (!good) {
                report(node, what + " must be made of letters A to Z, digits, '.', '_' and '-', not \"" + name + "\"");
            }
            return good;
        });
    }

    /** The elements of a list that must have some. */
    List<Node> elements(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            if (sequence.getValue().isEmpty()) {
                report(node, what + " must not be empty");
            }
            return sequence.getValue();
        }
        report(node, what + " must be a list ([a, b])" + found(node));
        return List.of();
    }

    /** A list of different single values. */
    List<Word> distinct(Node node, String what, String each) {
        var words = new LinkedHashMap<String, Word>();
        for (var element : elements(node, what)) {
            word(element, each).ifPresent(word -> {
                if (words.putIfAbsent(word.getText(), word) != null) {
                    report(element, "duplicate " + each + " \"" + word.getText() + "\"");
                }
            });
        }
        return List.copyOf(words.values());
    }

    /** A whole number. */
    Optional<Long> whole(Node node, String what, String range, LongPredicate fits) {
        return word(node, what).flatMap(word -> {
            try {
                var number = Long.parseLong(word.getText());
                if (fits.test(number)) {
                    return Optional.of(number);
                }
            } catch (NumberFormatException e) {
                // reported below
            }
            report(node, what + " must be " + range + ", not \"" + word.getText() + "\"");
            return Optional.empty();
        });
    }

    /** A number that 32 bits can hold. */
    Optional<Double> number(Node node, String what, String range, DoublePredicate fits) {
        return word(node, what).flatMap(word -> {
            var number = Decimal.read(word.getText()).filter(fits::test);
            if (number.isEmpty()) {
                report(node, what + " must be " + range + ", not \"" + word.getText() + "\"");
            }
            return number;
        });
    }

    /** True or false. */
    Optional<Boolean> truth(Node node, String what) {
        return word(node, what).flatMap(word -> switch (word.getText()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> {
                report(node, what + " must be true or false, not \"" + word.getText() + "\"");
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
