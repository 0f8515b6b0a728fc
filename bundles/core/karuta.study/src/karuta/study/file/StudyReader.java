package karuta.study.file;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import karuta.study.KarutaFactory;
import karuta.study.Order;
import karuta.study.OrderDraw;
import karuta.study.Study;
import karuta.study.expand.Expansion;
import karuta.yaml.BoundedYaml;
import karuta.yaml.Section;
import karuta.yaml.YamlFile;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a study file and reports every mistake in it at once. */
public final class StudyReader {

    private static final int MOST_SEEDS = 1000;
    private static final int MOST_ORDERS = 1000;

    private final StudyProblems problems;
    private final StudyNodes values;
    private final TrainingReader training;
    private final ArmReader arms;
    private final SlurmReader slurm;

    private StudyReader(String file) {
        problems = new StudyProblems(file);
        values = new StudyNodes(problems);
        training = new TrainingReader(values);
        arms = new ArmReader(values, training);
        slurm = new SlurmReader(values);
    }

    /**
     * Reads a file.
     *
     * @throws StudyException if it cannot be read or has mistakes, with all of them
     */
    public static Study read(Path file) {
        return read(file, List.of());
    }

    /**
     * Reads a file.
     *
     * @param settings that change it, such as {@code arms.dual.selector.k=1}
     * @throws StudyException if it cannot be read or has mistakes, with all of them
     */
    public static Study read(Path file, List<String> settings) {
        var problems = new StudyProblems(file.toString());
        var text = YamlFile.text(file, "study file", problems);
        problems.throwIfAny();
        return parse(file.toString(), text.orElseThrow(), settings);
    }

    /**
     * Reads text.
     *
     * @param file what to call it in messages
     * @throws StudyException if it has mistakes, with all of them
     */
    public static Study parse(String file, String text) {
        return parse(file, text, List.of());
    }

    /**
     * Reads text.
     *
     * @param file what to call it in messages
     * @param settings that change it, such as {@code arms.dual.selector.k=1}
     * @throws StudyException if it has mistakes, with all of them
     */
    public static Study parse(String file, String text, List<String> settings) {
        var reader = new StudyReader(file);
        var study = reader.compose(text)
                .map(root -> Expansion.set(root, settings, reader.problems))
                .map(root -> Expansion.of(root, reader.problems))
                .flatMap(expansion -> reader.study(expansion.root()).map(read -> {
                    read.getNotes().addAll(expansion.notes());
                    return read;
                }));
        reader.problems.throwIfAny();
        var read = study.orElseThrow();
        read.setFile(file);
        read.setText(settings.isEmpty() ? text : changed(file, settings) + StudyWriter.write(read));
        return read;
    }

    private static String changed(String file, List<String> settings) {
        return "# " + file.lines().findFirst().orElse("") + " with "
                + settings.stream()
                        .map(setting -> "--set " + setting.replaceAll("\\R", " "))
                        .collect(Collectors.joining(" "))
                + "\n";
    }

    private Optional<Node> compose(String text) {
        var root = BoundedYaml.compose(text, problems);
        if (root.isEmpty() && problems.none()) {
            problems.add(
                    0,
                    0,
                    "is empty: a study has at least the keys "
                            + Stream.of(StudyKeys.EVERY, StudyKeys.COMPARING)
                                    .flatMap(List::stream)
                                    .collect(Collectors.joining(", ")));
        }
        return root;
    }

    private Optional<Study> study(Node root) {
        return values.section(root, "a study").map(section -> {
            var study = values.locate(KarutaFactory.eINSTANCE.createStudy(), section);
            section.only(StudyKeys.STUDY);
            section.need("study", "in the study")
                    .flatMap(node -> values.name(node, "the name of a study"))
                    .ifPresent(study::setName);
            section.get("seeds")
                    .ifPresentOrElse(
                            node -> seeds(node, study), () -> study.getSeeds().add(1L));
            arms.strategy("pretraining", section).ifPresent(study::setPretraining);
            if (section.get("pretraining").isPresent()) {
                section.entries().keySet().stream()
                        .filter(key -> StudyKeys.STUDY.contains(key) && !StudyKeys.PRETRAINING.contains(key))
                        .forEach(key ->
                                values.report(section.place(key), "a pretraining study takes no \"" + key + "\""));
            } else {
                comparison(section, study);
            }
            FolderNames.check(study, problems);
            return study;
        });
    }

    /** A list, or how many: from 1 on. */
    private void seeds(Node node, Study study) {
        if (node instanceof ScalarNode) {
            values.whole(
                            node,
                            "\"seeds\"",
                            "a list, or how many from 1 to " + MOST_SEEDS,
                            x -> x >= 1 && x <= MOST_SEEDS)
                    .ifPresent(count -> LongStream.rangeClosed(1, count).forEach(study.getSeeds()::add));
            return;
        }
        var seen = new HashSet<Long>();
        for (var element : values.elements(node, "\"seeds\"")) {
            values.whole(element, "a seed", "a whole number", x -> true).ifPresent(seed -> {
                if (seen.add(seed)) {
                    study.getSeeds().add(seed);
                } else {
                    values.report(element, "duplicate seed " + seed);
                }
            });
        }
    }

    private void comparison(Section section, Study study) {
        StudyKeys.COMPARING.forEach(key -> section.need(key, "in the study"));
        arms.strategy("backbone", section).ifPresent(study::setBackbone);
        arms.strategy("encoder", section).ifPresent(study::setEncoder);
        arms.strategy("benchmark", section).ifPresent(study::setBenchmark);
        section.get("skipBad")
                .flatMap(node -> values.truth(node, "\"skipBad\""))
                .ifPresent(study::setSkipBad);
        section.get("exemplarFree")
                .flatMap(node -> values.truth(node, "\"exemplarFree\""))
                .ifPresent(study::setExemplarFree);
        section.get("training").flatMap(training::read).ifPresent(study::setTraining);
        section.get("tasks").ifPresent(node -> study.getOrders().add(order("default", node, "\"tasks\"")));
        section.get("orders").ifPresent(node -> orders(node, study));
        if (section.get("tasks").isPresent() && section.get("orders").isPresent()) {
            values.report(section.place("orders"), "a study takes either \"tasks\" or \"orders\", not both");
        }
        section.get("watch").ifPresent(node -> watch(node, study));
        section.get("arms").ifPresent(node -> arms(node, study));
        section.get("slurm").flatMap(slurm::read).ifPresent(study::setSlurm);
    }

    private void arms(Node node, Study study) {
        named(node, "arms", "arm")
                .forEach((name, body) -> arms.arm(body, "arm \"" + name + "\"").ifPresent(arm -> {
                    arm.setName(name);
                    study.getArms().add(arm);
                }));
    }

    private void orders(Node node, Study study) {
        var first = new HashSet<String>();
        named(node, "orders", "order").forEach((name, body) -> {
            if (body instanceof ScalarNode && StudyKeys.DRAWS.contains(name)) {
                draw(name, body).ifPresent(study.getDraws()::add);
                return;
            }
            var order = order(name, body, "order \"" + name + "\"");
            var tasks = new HashSet<>(order.names());
            if (study.getOrders().isEmpty()) {
                first.addAll(tasks);
            } else if (!tasks.equals(first)) {
                values.report(body, "order \"" + name + "\" must hold the same tasks as the first order");
            }
            study.getOrders().add(order);
        });
    }

    private Optional<OrderDraw> draw(String kind, Node node) {
        return values.whole(
                        node,
                        "\"" + kind + "\"",
                        "a number of orders from 1 to " + MOST_ORDERS,
                        count -> count >= 1 && count <= MOST_ORDERS)
                .map(count -> {
                    var draw = values.locate(KarutaFactory.eINSTANCE.createOrderDraw(), node);
                    draw.setKind(kind);
                    draw.setCount(count.intValue());
                    return draw;
                });
    }

    private void watch(Node node, Study study) {
        study.getWatch().addAll(values.words(node, "\"watch\"", "task"));
        var learned = study.getOrders().stream()
                .flatMap(order -> order.names().stream())
                .collect(Collectors.toSet());
        study.getWatch().stream()
                .filter(task -> learned.contains(task.getText()))
                .forEach(task -> problems.add(
                        task, "\"watch\" names the task \"" + task.getText() + "\", which the study learns"));
    }

    private Order order(String name, Node node, String what) {
        var order = values.locate(KarutaFactory.eINSTANCE.createOrder(), node);
        order.setName(name);
        order.getTasks().addAll(values.words(node, what, "task"));
        return order;
    }

    /** A mapping from names to something. */
    private Map<String, Node> named(Node node, String key, String each) {
        var entries = new LinkedHashMap<String, Node>();
        values.section(node, "\"" + key + "\"").ifPresent(section -> {
            section.entries().forEach((name, body) -> {
                values.name(section.place(name), "the name of an " + each);
                entries.put(name, body);
            });
            if (((MappingNode) node).getValue().isEmpty()) {
                values.report(node, "\"" + key + "\" must hold at least one " + each);
            }
        });
        return entries;
    }
}
