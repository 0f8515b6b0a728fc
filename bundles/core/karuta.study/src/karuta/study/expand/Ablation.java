package karuta.study.expand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.yaml.NodeReader;
import karuta.yaml.Section;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Arms that lack parts of a reference arm. What stands in the place of a part that is left out is the least that can: no prompts, a
 * choice by chance among as many cards, the best card alone, no alignment; {@code without} says otherwise, or what further parts are.
 */
final class Ablation {

    static final List<String> KEYS = List.of("arm", "parts", "design", "without");

    /** Which sets of parts are left out. */
    private static final Map<String, Design> DESIGNS = designs();

    /** Whether a set of {@code out} of {@code all} parts is left out. */
    @FunctionalInterface
    private interface Design {
        boolean has(int out, int all);
    }

    private static Map<String, Design> designs() {
        var designs = new LinkedHashMap<String, Design>();
        designs.put("leave-one-out", (out, all) -> out == 1);
        designs.put("one-in", (out, all) -> out >= all - 1);
        designs.put("pairwise", (out, all) -> out <= 2);
        designs.put("factorial", (out, all) -> true);
        return designs;
    }

    /** One digit each, by which sets of them are sorted. */
    private static final int MOST_PARTS = 10;

    private final NodeReader values;
    private final Arms arms;

    Ablation(NodeReader values, Arms arms) {
        this.values = values;
        this.arms = arms;
    }

    void add(Node node) {
        if (node instanceof MappingNode) {
            values.section(node, "\"ablate\"")
                    .map(section -> section.only(KEYS))
                    .ifPresent(this::add);
        } else {
            add(node, Optional.empty(), node, "leave-one-out", Map.of());
        }
    }

    private void add(Section section) {
        var design = section.get("design")
                .flatMap(node -> values.text(node, "\"design\"")
                        .filter(word -> values.oneOf(node, "design", word, DESIGNS.keySet())))
                .orElse("leave-one-out");
        var without = new LinkedHashMap<String, List<Setting>>();
        section.get("without")
                .flatMap(node -> values.section(node, "\"without\""))
                .ifPresent(parts -> parts.entries()
                        .forEach((part, settings) -> values.name(parts.place(part), "the name of a part")
                                .ifPresent(name -> without.put(
                                        name, Settings.of(settings, "\"without\" of \"" + name + "\"", values)))));
        section.need("parts", "in \"ablate\"")
                .ifPresent(parts -> add(parts, section.get("arm"), section.node(), design, without));
    }

    private void add(Node parts, Optional<Node> arm, Node place, String design, Map<String, List<Setting>> without) {
        arms.reference(arm, place, "ablate").ifPresent(reference -> {
            var known = new LinkedHashMap<>(shipped(reference.getValue(), place));
            known.putAll(without);
            var chosen = chosen(parts, reference, known);
            if (chosen.size() > MOST_PARTS) {
                values.report(parts, "more than " + MOST_PARTS + " parts make too many arms");
                return;
            }
            subsets(chosen.size(), DESIGNS.get(design)).forEach(out -> {
                var names = out.stream().map(chosen::get).toList();
                var settings = names.stream()
                        .sorted(Comparator.comparing("pool"::equals)) // the last: with it the others are gone, too
                        .flatMap(name -> known.get(name).stream())
                        .toList();
                var name = reference.getKey() + name(names, chosen, design);
                arms.add(name, Setting.all(settings, reference.getValue()), place);
            });
        });
    }

    private List<String> chosen(Node parts, Map.Entry<String, Node> reference, Map<String, List<Setting>> known) {
        if (values.isWord(parts, "all")) {
            return List.copyOf(known.keySet());
        }
        var chosen = new ArrayList<String>();
        values.distinct(parts, "\"parts\"", "part").forEach((part, place) -> {
            if (known.containsKey(part)) {
                chosen.add(part);
            } else {
                values.report(
                        place,
                        "arm \"" + reference.getKey() + "\" has no part \"" + part + "\" that can be left out (it has "
                                + (known.isEmpty() ? "none" : String.join(", ", known.keySet()))
                                + "): say under \"without\" what leaving it out means");
            }
        });
        return chosen;
    }

    /** By size, and each size in the order of the parts. */
    private static Stream<List<Integer>> subsets(int parts, Design design) {
        return IntStream.range(1, 1 << parts)
                .mapToObj(bits -> IntStream.range(0, parts)
                        .filter(part -> (bits >> part & 1) == 1)
                        .boxed()
                        .toList())
                .filter(out -> design.has(out.size(), parts))
                .sorted(Comparator.<List<Integer>>comparingInt(List::size).thenComparing(List::toString));
    }

    private static String name(List<String> out, List<String> all, String design) {
        if (out.size() == all.size() && all.size() > 1) {
            return "-without-all";
        }
        if (design.equals("one-in") && all.size() > 1) {
            return all.stream().filter(part -> !out.contains(part)).collect(Collectors.joining("-", "-only-", ""));
        }
        return "-without-" + String.join("-", out);
    }

    /** What leaving out means for the parts of ModalPrompt that the arm has. */
    private static Map<String, List<Setting>> shipped(Node arm, Node place) {
        var parts = new LinkedHashMap<String, List<Setting>>();
        if (id(arm, "pool").isPresent()) {
            parts.put("pool", List.of(set("pool", "none", place), drop("selector", place), drop("fusion", place)));
        }
        if (id(arm, "selector").isPresent()) {
            var chance = new ArrayList<>(List.of(set("selector", "random", place)));
            at("selector.k").in(arm).ifPresent(k -> chance.add(new Setting(at("selector.k"), k)));
            parts.put("selector", chance);
        }
        if (id(arm, "fusion").isPresent()) {
            parts.put("fusion", List.of(set("fusion", "best", place)));
        }
        if (id(arm, "pool").filter("prototype"::equals).isPresent()) {
            parts.put("alignment", List.of(set("pool.lossImage", "0", place), set("pool.lossText", "0", place)));
        }
        return parts;
    }

    private static Optional<String> id(Node arm, String kind) {
        return at(kind + ".id").in(arm).filter(ScalarNode.class::isInstance).map(id -> ((ScalarNode) id).getValue());
    }

    private static Setting set(String path, String value, Node place) {
        return new Setting(at(path), KeyPath.text(value, place));
    }

    private static Setting drop(String path, Node place) {
        return new Setting(
                at(path),
                new ScalarNode(Tag.NULL, true, "", ScalarStyle.PLAIN, place.getStartMark(), place.getEndMark()));
    }

    private static KeyPath at(String path) {
        return KeyPath.of(path).orElseThrow();
    }
}
