package karuta.study.expand;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.yaml.NodeReader;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads settings: mappings from paths to values. */
final class Settings {

    private Settings() {}

    /** {@code {selector.k: 1, training.steps: 8}}: one value for each path. */
    static List<Setting> of(Node node, String what, NodeReader values) {
        var settings = new ArrayList<Setting>();
        paths(node, what, values).forEach((path, value) -> settings.add(new Setting(path, value)));
        return settings;
    }

    /** {@code {selector.k: [1, 3]}}: several values for each path. */
    static Map<KeyPath, List<Node>> several(Node node, String what, NodeReader values) {
        var several = new LinkedHashMap<KeyPath, List<Node>>();
        paths(node, what, values)
                .forEach((path, value) -> several.put(path, values.elements(value, "\"" + path + "\"")));
        return several;
    }

    private static Map<KeyPath, Node> paths(Node node, String what, NodeReader values) {
        var paths = new LinkedHashMap<KeyPath, Node>();
        values.section(node, what)
                .ifPresent(section -> section.entries()
                        .forEach((key, value) ->
                                path(section.place(key), key, values).ifPresent(path -> paths.put(path, value))));
        return paths;
    }

    private static Optional<KeyPath> path(Node place, String text, NodeReader values) {
        var path = KeyPath.of(text);
        if (path.isEmpty()) {
            values.report(place, "\"" + text + "\" is no path in an arm, such as selector.k or training.rate");
        }
        return path;
    }
}
