package karuta.study.file;

import java.util.List;
import java.util.Optional;
import karuta.study.KarutaFactory;
import karuta.study.Keyed;
import karuta.study.Located;
import karuta.study.Word;
import karuta.yaml.NodeReader;
import karuta.yaml.Problems;
import karuta.yaml.Section;
import org.snakeyaml.engine.v2.nodes.Node;

/** Takes values out of YAML nodes into the study, where they remember their places. */
final class StudyNodes extends NodeReader {

    StudyNodes(Problems problems) {
        super(problems);
    }

    /** Gives an object the place of a node. */
    <T extends Located> T locate(T object, Node place) {
        object.setLine(place.getStartMark().map(mark -> mark.getLine() + 1).orElse(0));
        object.setColumn(place.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0));
        return object;
    }

    /** Gives an object the place of a section, and those of its values. */
    <T extends Keyed> T locate(T object, Section section) {
        section.entries().forEach((key, value) -> object.getPlaces().add(word(key, value)));
        return locate(object, section.node());
    }

    /** Any single value. */
    Optional<Word> word(Node node, String what) {
        return text(node, what).map(text -> word(text, node));
    }

    /** A list of different single values. */
    List<Word> words(Node node, String what, String each) {
        return distinct(node, what, each).entrySet().stream()
                .map(entry -> word(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Word word(String text, Node place) {
        var word = locate(KarutaFactory.eINSTANCE.createWord(), place);
        word.setText(text);
        return word;
    }
}
