package karuta.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.suite.Side.Entries;
import karuta.suite.Side.Join;
import karuta.suite.Side.Pictures;
import karuta.yaml.NodeReader;
import karuta.yaml.Section;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what a manifest says of files beside the samples. */
final class SideReader {

    private static final List<String> KEYS =
            List.of("byId", "list", "id", "ids", "join", "fields", "references", "letter", "images", "without");
    private static final Map<String, Join> JOINS = Map.of("id", Join.ID, "number", Join.NUMBER);

    private final NodeReader values;

    SideReader(NodeReader values) {
        this.values = values;
    }

    List<Side> sides(Node node) {
        var sides = new ArrayList<Side>();
        values.section(node, "\"sides\"")
                .ifPresent(section -> section.entries()
                        .forEach((name, body) -> values.section(body, "side file \"" + name + "\"")
                                .flatMap(it -> side(name, it))
                                .ifPresent(sides::add)));
        return sides;
    }

    private Optional<Side> side(String name, Section section) {
        section.only(KEYS);
        return entries(name, section)
                .map(entries -> new Side(
                        name,
                        entries,
                        section.get("join").flatMap(this::join).orElse(Join.ID),
                        section.get("fields")
                                .map(it -> values.words(it, "\"fields\""))
                                .orElse(Map.of()),
                        text(section, "references"),
                        text(section, "letter"),
                        section.get("images").flatMap(this::pictures),
                        text(section, "without")));
    }

    private Optional<Entries> entries(String name, Section section) {
        var forms = List.of("byId", "list", "id", "ids").stream()
                .filter(key -> section.get(key).isPresent())
                .toList();
        return switch (String.join("+", forms)) {
            case "byId" -> {
                section.get("byId").ifPresent(node -> values.truth(node, "\"byId\""));
                yield Optional.of(new Entries.ById());
            }
            case "ids" -> text(section, "ids").map(Entries.Ids::new);
            case "id", "list+id" -> text(section, "id").map(id -> new Entries.Listed(text(section, "list"), id));
            default -> {
                values.report(
                        section.node(),
                        "side file \"" + name + "\" must have either \"byId: true\" (an object by id), or \"id\""
                                + " (a list of objects; \"list\" is the member that holds it), or \"ids\" (a member"
                                + " that lists ids)");
                yield Optional.empty();
            }
        };
    }

    private Optional<Join> join(Node node) {
        return values.text(node, "\"join\"")
                .filter(word -> values.oneOf(node, "join", word, JOINS.keySet()))
                .map(JOINS::get);
    }

    private Optional<Pictures> pictures(Node node) {
        return values.section(node, "\"images\"").map(section -> {
            section.only(List.of("list", "id", "file"));
            return new Pictures(need(section, "list"), need(section, "id"), need(section, "file"));
        });
    }

    private String need(Section section, String key) {
        return section.need(key, "in \"images\"")
                .flatMap(node -> values.text(node, "\"" + key + "\""))
                .orElse("");
    }

    private Optional<String> text(Section section, String key) {
        return section.get(key).flatMap(node -> values.text(node, "\"" + key + "\""));
    }
}
