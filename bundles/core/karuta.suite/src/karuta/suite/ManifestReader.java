package karuta.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.samples.Shape;
import karuta.suite.Suite.Source;
import karuta.yaml.BoundedYaml;
import karuta.yaml.NodeReader;
import karuta.yaml.Problem;
import karuta.yaml.Problems;
import karuta.yaml.Section;
import karuta.yaml.YamlFile;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a manifest and reports every mistake in it at once. */
final class ManifestReader {

    private static final List<String> KEYS = List.of(
            "suite", "title", "papers", "about", "sources", "orders", "layouts", "record", "tasks", "outOfScope");

    private final Problems problems;
    private final NodeReader values;
    private final TaskReader taskReader;
    private final LayoutReader layoutReader;

    private ManifestReader(String file) {
        problems = new Problems(file);
        values = new NodeReader(problems);
        taskReader = new TaskReader(values);
        layoutReader = new LayoutReader(values);
    }

    /** @throws KarutaException if it cannot be read or has mistakes, with all of them */
    static Suite read(Path file) {
        var problems = new Problems(file.toString());
        return parse(
                file.toString(),
                YamlFile.text(file, "manifest of a suite", problems).orElseThrow(() -> mistakes(problems)));
    }

    /**
     * @param file what to call it in messages
     * @throws KarutaException if it has mistakes, with all of them
     */
    static Suite parse(String file, String text) {
        var reader = new ManifestReader(file);
        var suite = reader.root(text).flatMap(reader::suite);
        if (!reader.problems.none()) {
            throw mistakes(reader.problems);
        }
        return suite.orElseThrow();
    }

    private static KarutaException mistakes(Problems problems) {
        return new KarutaException(
                problems.found().stream().map(Problem::toString).collect(Collectors.joining("\n")),
                "What a manifest says is described in benchmarks.md.");
    }

    private Optional<Node> root(String text) {
        var root = BoundedYaml.compose(text, problems);
        if (root.isEmpty() && problems.none()) {
            problems.add(0, 0, "is empty: a manifest has at least the keys suite, layouts and tasks");
        }
        return root;
    }

    private Optional<Suite> suite(Node root) {
        return values.section(root, "a manifest").map(section -> {
            section.only(KEYS);
            var id = section.need("suite", "in the manifest").flatMap(node -> values.name(node, "the id of a suite"));
            var outOfScope = text(section, "outOfScope");
            if (outOfScope.isEmpty()) {
                section.need("layouts", "in the manifest");
                section.need("tasks", "in the manifest");
            }
            var shape = section.get("record")
                    .map(node -> taskReader.shape(node, Shape.LLAVA))
                    .orElse(Shape.LLAVA);
            var tasks = section.get("tasks").map(node -> tasks(node, shape)).orElse(List.of());
            return new Suite(
                    id.orElse(""),
                    text(section, "title").or(() -> id).orElse(""),
                    section.get("papers")
                            .map(node -> values.texts(node, "\"papers\"", "paper"))
                            .orElse(List.of()),
                    text(section, "about").orElse(""),
                    section.get("sources").map(this::sources).orElse(List.of()),
                    orders(section, tasks),
                    section.get("layouts")
                            .map(node -> layoutReader.layouts(node, tasks))
                            .orElse(List.of()),
                    tasks,
                    outOfScope);
        });
    }

    private Optional<String> text(Section section, String key) {
        return section.get(key).flatMap(node -> values.text(node, "\"" + key + "\""));
    }

    private List<Source> sources(Node node) {
        var sources = new ArrayList<Source>();
        for (var element : values.elements(node, "\"sources\"")) {
            values.section(element, "a source").ifPresent(section -> {
                section.only(List.of("name", "licence"));
                var name = section.need("name", "in a source").flatMap(it -> values.text(it, "\"name\""));
                var licence = section.need("licence", "in a source").flatMap(it -> values.text(it, "\"licence\""));
                sources.add(new Source(name.orElse(""), licence.orElse("")));
            });
        }
        return sources;
    }

    private List<SuiteTask> tasks(Node node, Shape shape) {
        var tasks = new ArrayList<SuiteTask>();
        values.section(node, "\"tasks\"")
                .ifPresent(section -> section.entries().forEach((name, body) -> {
                    values.name(section.place(name), "the name of a task");
                    taskReader.task(name, body, shape).ifPresent(task -> {
                        task.names()
                                .filter(each -> tasks.stream().anyMatch(other -> other.answersTo(each)))
                                .findFirst()
                                .ifPresent(twice -> values.report(
                                        section.place(name),
                                        "\"" + twice + "\" is a name or an alias of another task, too"));
                        tasks.add(task);
                    });
                }));
        return tasks;
    }

    private Map<String, List<String>> orders(Section manifest, List<SuiteTask> tasks) {
        var known = tasks.stream().map(SuiteTask::name).toList();
        var orders = new LinkedHashMap<String, List<String>>();
        manifest.get("orders")
                .flatMap(node -> values.section(node, "\"orders\""))
                .ifPresent(section -> section.entries().forEach((name, node) -> {
                    var order = values.distinct(node, "order \"" + name + "\"", "task");
                    order.forEach((task, place) -> values.oneOf(place, "task", task, known));
                    orders.put(name, List.copyOf(order.keySet()));
                }));
        if (orders.isEmpty()) {
            orders.put(
                    "default",
                    tasks.stream()
                            .filter(task -> task.outOfScope().isEmpty())
                            .map(SuiteTask::name)
                            .toList());
        }
        return orders;
    }
}
