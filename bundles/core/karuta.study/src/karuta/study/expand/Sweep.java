package karuta.study.expand;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.yaml.NodeReader;
import karuta.yaml.Section;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Arms that differ from one in some settings: all combinations of a {@code grid}, values that go together ({@code zip}), and
 * settings one by one ({@code list}); of those that a sweep has several of, all combinations. {@code exclude} takes some away.
 */
final class Sweep {

    static final List<String> KEYS = List.of("arm", "grid", "zip", "list", "exclude");

    private static final List<String> MAKERS = List.of("grid", "zip", "list");

    private final NodeReader values;
    private final Arms arms;

    Sweep(NodeReader values, Arms arms) {
        this.values = values;
        this.arms = arms;
    }

    /** One sweep, or a list of them. */
    void add(Node node) {
        var each = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        each.forEach(one -> values.section(one, "\"sweep\"")
                .map(section -> section.only(KEYS))
                .ifPresent(this::add));
    }

    private void add(Section section) {
        if (MAKERS.stream().allMatch(key -> section.get(key).isEmpty())) {
            values.report(section.node(), "a sweep needs \"grid\", \"zip\" or \"list\"");
            return;
        }
        var factors = new ArrayList<List<List<Setting>>>();
        section.get("grid").ifPresent(node -> factors.addAll(grid(node)));
        section.get("zip").ifPresent(node -> factors.add(zip(node)));
        section.get("list")
                .ifPresent(node -> factors.add(values.elements(node, "\"list\"").stream()
                        .map(one -> Settings.of(one, "an element of \"list\"", values))
                        .toList()));
        var size = factors.stream().mapToDouble(List::size).reduce(1, (one, other) -> one * other);
        if (size > Arms.MOST) {
            values.report(section.node(), "makes more than " + Arms.MOST + " arms");
            return;
        }
        var excluded = section.get("exclude").stream()
                .flatMap(node -> values.elements(node, "\"exclude\"").stream())
                .map(one -> Settings.of(one, "an element of \"exclude\"", values))
                .toList();
        arms.reference(section.get("arm"), section.node(), "sweep")
                .ifPresent(reference -> combinations(factors)
                        .filter(settings ->
                                excluded.stream().noneMatch(out -> meets(reference.getValue(), settings, out)))
                        .forEach(settings -> arms.add(
                                reference.getKey()
                                        + settings.stream()
                                                .map(Setting::word)
                                                .collect(Collectors.joining("-", "-", "")),
                                Setting.all(settings, reference.getValue()),
                                section.node())));
    }

    /** Whether an arm is one that is taken away: it has all values that are named. */
    private static boolean meets(Node arm, List<Setting> settings, List<Setting> excluded) {
        var changed = Setting.all(settings, arm);
        return excluded.stream()
                .allMatch(out -> out.path()
                        .in(changed)
                        .map(value -> Canonical.of(value).equals(Canonical.of(out.value()))
                                || out.path().strategy() && id(value).equals(id(out.value())))
                        .orElse(false));
    }

    private static Optional<String> id(Node strategy) {
        return KeyPath.of("id").orElseThrow().in(strategy).map(Canonical::of);
    }

    private List<List<List<Setting>>> grid(Node node) {
        return Settings.several(node, "\"grid\"", values).entrySet().stream()
                .map(factor -> factor.getValue().stream()
                        .flatMap(value -> inner(value).stream())
                        .map(value -> List.of(new Setting(factor.getKey(), value)))
                        .toList())
                .toList();
    }

    /** A strategy with a grid of its own, {@code {id: threshold, threshold: {grid: [0.2, 0.4]}}}, once with each value. */
    private List<Node> inner(Node strategy) {
        if (!(strategy instanceof MappingNode mapping)) {
            return List.of(strategy);
        }
        var made = List.<List<NodeTuple>>of(List.of());
        for (var entry : mapping.getValue()) {
            made = made.stream()
                    .flatMap(before -> choices(entry.getValueNode()).stream()
                            .map(value -> Stream.concat(
                                            before.stream(), Stream.of(new NodeTuple(entry.getKeyNode(), value)))
                                    .toList()))
                    .toList();
        }
        return made.stream()
                .<Node>map(entries -> KeyPath.mapping(entries, strategy))
                .toList();
    }

    private List<Node> choices(Node value) {
        return value instanceof MappingNode
                ? values.section(value, "an option")
                        .map(section -> section.only(List.of("grid")))
                        .flatMap(section -> section.need("grid", "in an option with several values"))
                        .map(list -> values.elements(list, "\"grid\""))
                        .orElse(List.of())
                : List.of(value);
    }

    private List<List<Setting>> zip(Node node) {
        var several = Settings.several(node, "\"zip\"", values);
        var lengths = new HashSet<Integer>();
        several.values().forEach(list -> lengths.add(list.size()));
        if (lengths.size() != 1) {
            values.report(node, "all lists of \"zip\" must be equally long");
            return List.of();
        }
        return Stream.iterate(0, i -> i + 1)
                .limit(lengths.iterator().next())
                .map(i -> several.entrySet().stream()
                        .map(entry ->
                                new Setting(entry.getKey(), entry.getValue().get(i)))
                        .toList())
                .toList();
    }

    private static Stream<List<Setting>> combinations(List<List<List<Setting>>> factors) {
        var made = Stream.of(List.<Setting>of());
        for (var factor : factors) {
            made = made.flatMap(before -> factor.stream()
                    .map(next -> Stream.concat(before.stream(), next.stream()).toList()));
        }
        return made;
    }
}
