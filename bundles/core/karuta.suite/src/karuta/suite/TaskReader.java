package karuta.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.samples.Shape;
import karuta.samples.Shape.Dialogue;
import karuta.yaml.NodeReader;
import karuta.yaml.Section;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what a manifest says of a task. */
final class TaskReader {

    /** Instead of a list: there is none. */
    static final String NONE = "none";

    private static final List<String> KEYS = List.of(
            "aliases",
            "about",
            "rules",
            "counts",
            "variants",
            "record",
            "constants",
            "sides",
            "adds",
            "outputs",
            "outOfScope");
    private static final List<String> RECORD = List.of("id", "image", "question", "answer", "dialogue", "fields");
    private static final List<String> COUNTS = List.of("train", "test", "source");
    private static final List<String> ADDS = List.of("by", "text", "when", "unless");

    private final NodeReader values;
    private final SideReader sides;

    TaskReader(NodeReader values) {
        this.values = values;
        this.sides = new SideReader(values);
    }

    /** @param shape of its samples where it does not say otherwise */
    Optional<SuiteTask> task(String name, Node node, Shape shape) {
        return values.section(node, "task \"" + name + "\"").map(section -> {
            section.only(KEYS);
            var outOfScope = text(section, "outOfScope");
            if (outOfScope.isEmpty()) {
                section.need("rules", "in task \"" + name + "\"");
            }
            return new SuiteTask(
                    name,
                    list(section, "aliases", "alias"),
                    text(section, "about").orElse(""),
                    list(section, "rules", "rule"),
                    counts(section),
                    section.get("record").map(it -> shape(it, shape)).orElse(shape),
                    section.get("constants")
                            .map(it -> values.words(it, "\"constants\""))
                            .orElse(Map.of()),
                    section.get("sides").map(sides::sides).orElse(List.of()),
                    section.get("adds").map(this::additions).orElse(List.of()),
                    list(section, "outputs", "folder"),
                    outOfScope);
        });
    }

    private List<Counts> counts(Section section) {
        var counts = new ArrayList<Counts>();
        section.get("counts").flatMap(node -> counts("published", node)).ifPresent(counts::add);
        section.get("variants")
                .flatMap(node -> values.section(node, "\"variants\""))
                .ifPresent(variants -> variants.entries()
                        .forEach((name, node) -> counts(name, node).ifPresent(counts::add)));
        return counts;
    }

    private Optional<Counts> counts(String name, Node node) {
        return values.section(node, "\"" + name + "\" counts").map(section -> {
            section.only(COUNTS);
            return new Counts(
                    name,
                    number(section, "train"),
                    number(section, "test"),
                    section.need("source", "in \"" + name + "\" counts")
                            .flatMap(it -> values.text(it, "\"source\""))
                            .orElse(""));
        });
    }

    private Optional<Integer> number(Section section, String key) {
        return section.get(key).flatMap(node -> values.count(node, "\"" + key + "\""));
    }

    /** @param base what holds where nothing is said */
    Shape shape(Node node, Shape base) {
        return values.section(node, "\"record\"")
                .map(section -> {
                    section.only(RECORD);
                    return new Shape(
                            keys(section, "id", base.id()),
                            keys(section, "image", base.image()),
                            keys(section, "question", base.question()),
                            keys(section, "answer", base.answer()),
                            section.get("dialogue").flatMap(this::dialogue).orElse(base.dialogue()),
                            base.dropSystem(),
                            section.get("fields")
                                    .map(it -> values.words(it, "\"fields\""))
                                    .orElse(base.fields()));
                })
                .orElse(base);
    }

    private List<String> keys(Section section, String key, List<String> base) {
        return section.get(key)
                .map(node ->
                        values.isWord(node, NONE) ? List.<String>of() : values.texts(node, "\"" + key + "\"", "key"))
                .orElse(base);
    }

    private Optional<Dialogue> dialogue(Node node) {
        var known = new LinkedHashMap<String, Dialogue>();
        for (var dialogue : Dialogue.values()) {
            known.put(dialogue.key(), dialogue);
        }
        return values.text(node, "\"dialogue\"")
                .filter(word -> values.oneOf(node, "dialogue", word, known.keySet()))
                .map(known::get);
    }

    private List<Addition> additions(Node node) {
        var additions = new ArrayList<Addition>();
        for (var element : values.elements(node, "\"adds\"")) {
            values.section(element, "what is added").ifPresent(section -> {
                section.only(ADDS);
                var by = section.need("by", "in what is added").flatMap(it -> values.text(it, "\"by\""));
                var text = section.need("text", "in what is added").flatMap(it -> values.text(it, "\"text\""));
                if (section.get("when").isPresent() && section.get("unless").isPresent()) {
                    values.report(section.place("unless"), "either \"when\" or \"unless\", not both");
                }
                var unless = section.get("unless").isPresent();
                var answers = list(section, unless ? "unless" : "when", "answer");
                additions.add(new Addition(by.orElse(""), text.orElse(""), answers, unless));
            });
        }
        return additions;
    }

    private Optional<String> text(Section section, String key) {
        return section.get(key).flatMap(node -> values.text(node, "\"" + key + "\""));
    }

    private List<String> list(Section section, String key, String each) {
        return section.get(key)
                .map(node -> values.texts(node, "\"" + key + "\"", each))
                .orElse(List.of());
    }
}
