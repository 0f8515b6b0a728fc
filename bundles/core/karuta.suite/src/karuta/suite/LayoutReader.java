package karuta.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.suite.Layout.Candidate;
import karuta.suite.Layout.Places;
import karuta.yaml.NodeReader;
import karuta.yaml.Section;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads what a manifest says of the ways in which a suite lies on disks. */
final class LayoutReader {

    private static final List<String> PLACES = List.of("train", "test", "images", "trainImages", "testImages", "sides");
    private static final List<String> KEYS =
            List.of("like", "about", "train", "test", "images", "trainImages", "testImages", "sides", "tasks");

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");

    private final NodeReader values;

    LayoutReader(NodeReader values) {
        this.values = values;
    }

    /** What a layout says, before it is known of which tasks. */
    private record Said(String about, Partial all, Map<String, Partial> tasks) {

        static final Said NOTHING = new Said("", Partial.NOTHING, Map.of());
    }

    /** Places of which some may not be said. */
    private record Partial(
            Optional<List<Candidate>> train,
            Optional<List<Candidate>> test,
            Optional<List<String>> trainImages,
            Optional<List<String>> testImages,
            Map<String, List<Candidate>> sides) {

        static final Partial NOTHING =
                new Partial(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

        /** What is not said here is taken from there. */
        Partial or(Partial there) {
            var all = new LinkedHashMap<>(there.sides);
            all.putAll(sides);
            return new Partial(
                    train.or(there::train),
                    test.or(there::test),
                    trainImages.or(there::trainImages),
                    testImages.or(there::testImages),
                    all);
        }
    }

    /** Every layout with the places of all tasks that are in scope. */
    List<Layout> layouts(Node node, List<SuiteTask> tasks) {
        var known = new LinkedHashMap<String, Said>();
        var layouts = new ArrayList<Layout>();
        values.section(node, "\"layouts\"")
                .ifPresent(section -> section.entries().forEach((id, body) -> {
                    values.name(section.place(id), "the id of a layout");
                    values.section(body, "layout \"" + id + "\"").ifPresent(layout -> {
                        var said = said(layout, known, tasks);
                        known.put(id, said);
                        layouts.add(layout(id, said, tasks, body));
                    });
                }));
        return layouts;
    }

    private Said said(Section section, Map<String, Said> known, List<SuiteTask> tasks) {
        section.only(KEYS);
        var like = section.get("like")
                .flatMap(node -> values.text(node, "\"like\"")
                        .filter(word -> values.oneOf(node, "layout before this one", word, known.keySet()))
                        .map(known::get))
                .orElse(Said.NOTHING);
        var own = new LinkedHashMap<>(like.tasks());
        section.get("tasks")
                .flatMap(node -> values.section(node, "\"tasks\""))
                .ifPresent(inner -> inner.entries().forEach((name, body) -> {
                    values.oneOf(
                            inner.place(name),
                            "task",
                            name,
                            tasks.stream().map(SuiteTask::name).toList());
                    values.section(body, "task \"" + name + "\"").ifPresent(task -> {
                        task.only(PLACES);
                        own.put(name, partial(task).or(own.getOrDefault(name, Partial.NOTHING)));
                    });
                }));
        return new Said(
                section.get("about")
                        .flatMap(node -> values.text(node, "\"about\""))
                        .orElse(like.about()),
                partial(section).or(like.all()),
                own);
    }

    private Partial partial(Section section) {
        var images = folders(section, "images");
        var sides = new LinkedHashMap<String, List<Candidate>>();
        section.get("sides")
                .flatMap(node -> values.section(node, "\"sides\""))
                .ifPresent(inner -> inner.entries()
                        .forEach((name, node) -> sides.put(name, candidates(node, "side file \"" + name + "\""))));
        return new Partial(
                section.get("train").map(node -> candidates(node, "\"train\"")),
                section.get("test").map(node -> candidates(node, "\"test\"")),
                folders(section, "trainImages").or(() -> images),
                folders(section, "testImages").or(() -> images),
                sides);
    }

    private Optional<List<String>> folders(Section section, String key) {
        return section.get(key)
                .map(node -> elements(node, "\"" + key + "\"").stream()
                        .flatMap(each -> path(each, "\"" + key + "\"").stream())
                        .toList());
    }

    /** Those of a list, or the node alone. */
    private List<Node> elements(Node node, String what) {
        return node instanceof SequenceNode ? values.elements(node, what) : List.of(node);
    }

    private Optional<String> path(Node node, String what) {
        return values.text(node, what).filter(path -> {
            var unknown = VARIABLE.matcher(path)
                    .results()
                    .map(it -> it.group(1))
                    .filter(it -> !List.of("task", "layout").contains(it))
                    .findFirst();
            unknown.ifPresent(it ->
                    values.report(node, what + ": \"{" + it + "}\" stands for nothing (known: {task}, {layout})"));
            return unknown.isEmpty();
        });
    }

    /** A path, a list of paths, or none. */
    private List<Candidate> candidates(Node node, String what) {
        if (values.isWord(node, TaskReader.NONE)) {
            return List.of();
        }
        return elements(node, what).stream()
                .flatMap(each -> candidate(each, what).stream())
                .toList();
    }

    private Optional<Candidate> candidate(Node node, String what) {
        if (!(node instanceof MappingNode)) {
            return path(node, what).map(path -> new Candidate(path, Optional.empty()));
        }
        return values.section(node, what).flatMap(section -> {
            section.only(List.of("file", "says"));
            var says = section.get("says").flatMap(it -> values.count(it, "\"says\""));
            return section.need("file", "in " + what)
                    .flatMap(it -> path(it, "\"file\""))
                    .map(path -> new Candidate(path, says));
        });
    }

    private Layout layout(String id, Said said, List<SuiteTask> tasks, Node node) {
        var places = new LinkedHashMap<String, Places>();
        for (var task : tasks) {
            if (task.outOfScope().isEmpty()) {
                var own =
                        said.tasks().getOrDefault(task.name(), Partial.NOTHING).or(said.all());
                places.put(task.name(), places(own, id));
                check(task, own, id, node);
            }
        }
        return new Layout(id, said.about(), places);
    }

    private void check(SuiteTask task, Partial own, String id, Node node) {
        if (own.train().isEmpty()
                || own.test().isEmpty()
                || own.trainImages().isEmpty()
                || own.testImages().isEmpty()) {
            values.report(
                    node,
                    "layout \"" + id + "\" must say with \"train\", \"test\" and \"images\" where the files of task \""
                            + task.name() + "\" are (\"train: none\" if it is only tested)");
        }
        task.sides().stream()
                .filter(side -> side.without().isEmpty() && !own.sides().containsKey(side.name()))
                .forEach(side -> values.report(
                        node,
                        "layout \"" + id + "\" does not say in \"sides\" where \"" + side.name() + "\" of task \""
                                + task.name() + "\" is"));
    }

    private static Places places(Partial own, String layout) {
        var sides = new LinkedHashMap<String, List<Candidate>>();
        own.sides().forEach((name, candidates) -> sides.put(name, with(layout, candidates)));
        return new Places(
                with(layout, own.train().orElse(List.of())),
                with(layout, own.test().orElse(List.of())),
                own.trainImages().orElse(List.of()).stream()
                        .map(it -> with(layout, it))
                        .toList(),
                own.testImages().orElse(List.of()).stream()
                        .map(it -> with(layout, it))
                        .toList(),
                sides);
    }

    private static List<Candidate> with(String layout, List<Candidate> candidates) {
        return candidates.stream()
                .map(it -> new Candidate(with(layout, it.path()), it.says()))
                .toList();
    }

    private static String with(String layout, String path) {
        return path.replace("{layout}", layout);
    }
}
