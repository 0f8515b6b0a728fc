package karuta.study.expand;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import karuta.yaml.BoundedYaml;
import karuta.yaml.NodeReader;
import karuta.yaml.Problems;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A study file after everything that makes arms has made them.
 *
 * @param root the file's tree, with plain arms only
 * @param notes what a person should know of it
 */
public record Expansion(Node root, List<String> notes) {

    /** The keys that make arms. */
    public static final List<String> KEYS = List.of("ablate", "sweep");

    /** Copies the list. */
    public Expansion {
        notes = List.copyOf(notes);
    }

    /**
     * Expands a file.
     *
     * @param root its tree
     * @param problems where mistakes in the keys of this package are told
     */
    public static Expansion of(Node root, Problems problems) {
        var values = new NodeReader(problems);
        if (!(root instanceof MappingNode) || recursive(root, Collections.newSetFromMap(new IdentityHashMap<>()))) {
            return new Expansion(root, List.of());
        }
        var ablate = path("ablate").in(root);
        var sweep = path("sweep").in(root);
        var section = path("arms")
                .in(root)
                .filter(found -> ablate.isPresent() || sweep.isPresent())
                .flatMap(found -> values.section(found, "\"arms\""));
        if (section.isEmpty()) {
            return new Expansion(root, List.of()); // the reader tells what is missing
        }
        var arms = new Arms(section.get(), values);
        ablate.ifPresent(new Ablation(values, arms)::add);
        sweep.ifPresent(new Sweep(values, arms)::add);
        var expanded = path("arms").with(root, arms.node(section.get().node()));
        for (var key : KEYS) {
            expanded = path(key).without(expanded);
        }
        return new Expansion(expanded, arms.notes());
    }

    /** Whether something contains itself; the reader tells of it. */
    private static boolean recursive(Node node, Set<Node> seen) {
        if (node.isRecursive()) {
            return true;
        }
        if (!seen.add(node)) {
            return false;
        }
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .anyMatch(entry -> recursive(entry.getKeyNode(), seen) || recursive(entry.getValueNode(), seen));
        }
        return node instanceof SequenceNode list && list.getValue().stream().anyMatch(each -> recursive(each, seen));
    }

    /**
     * Applies settings from the command line, {@code arms.dual.selector.k=1}: the value is YAML, an empty one takes away what stands
     * there.
     *
     * @param settings in their order
     * @return the tree after them
     */
    public static Node set(Node root, List<String> settings, Problems problems) {
        var changed = root;
        for (var text : settings) {
            var setting = setting(text, problems);
            if (setting.isPresent() && root instanceof MappingNode) {
                changed = setting.get().in(changed);
            }
        }
        return changed;
    }

    private static Optional<Setting> setting(String text, Problems problems) {
        var equals = text.indexOf('=');
        var path = equals < 0
                ? Optional.<KeyPath>empty()
                : KeyPath.of(text.substring(0, equals).strip());
        if (path.isEmpty()) {
            problems.add(0, 0, "\"" + text + "\" is no setting such as arms.dual.selector.k=1");
            return Optional.empty();
        }
        var mistakes = new Problems("");
        var value = BoundedYaml.compose(text.substring(equals + 1), mistakes);
        mistakes.found().forEach(mistake -> problems.add(0, 0, "\"" + text + "\": " + mistake.message()));
        if (!mistakes.none()) {
            return Optional.empty();
        }
        return Optional.of(new Setting(path.get(), Unplaced.of(value.orElseGet(Unplaced::nothing))));
    }

    private static KeyPath path(String key) {
        return KeyPath.of(key).orElseThrow();
    }
}
