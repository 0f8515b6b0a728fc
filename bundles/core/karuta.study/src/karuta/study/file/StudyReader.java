package karuta.study.file;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.study.KarutaFactory;
import karuta.study.Order;
import karuta.study.Study;
import karuta.yaml.BoundedYaml;
import karuta.yaml.Section;
import karuta.yaml.YamlFile;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a study file and reports every mistake in it at once. */
public final class StudyReader {

    private final StudyProblems problems;
    private final StudyNodes values;
    private final TrainingReader training;
    private final ArmReader arms;

    private StudyReader(String file) {
        problems = new StudyProblems(file);
        values = new StudyNodes(problems);
        training = new TrainingReader(values);
        arms = new ArmReader(values, training);
    }

    /**
     * Reads a file.
     *
     * @throws StudyException if it cannot be read or has mistakes, with all of them
     */
    public static Study read(Path file) {
        var problems = new StudyProblems(file.toString());
        var text = YamlFile.text(file, "study file", problems);
        problems.throwIfAny();
        return parse(file.toString(), text.orElseThrow());
    }

    /**
     * Reads text.
     *
     * @param file what to call it in messages
     * @throws StudyException if it has mistakes, with all of them
     */
    public static Study parse(String file, String text) {
        var reader = new StudyReader(file);
        var study = reader.compose(text).flatMap(reader::study);
        reader.problems.throwIfAny();
        var read = study.orElseThrow();
        read.setFile(file);
        read.setText(text);
        return read;
    }

    private Optional<Node> compose(String text) {
        var root = BoundedYaml.compose(text, problems);
        if (root.isEmpty() && problems.none()) {
            problems.add(0, 0, "is empty: a study has at least the keys " + String.join(", ", StudyKeys.EVERY));
        }
        return root;
    }

    private Optional<Study> study(Node root) {
        return values.section(root, "a study").map(section -> {
            var study = values.locate(KarutaFactory.eINSTANCE.createStudy(), root);
            section.only(StudyKeys.STUDY);
            section.need("study", "in the study")
                    .flatMap(node -> values.name(node, "the name of a study"))
                    .ifPresent(study::setName);
            section.need("seeds", "in the study").ifPresent(node -> seeds(node, study));
            arms.strategy("pretraining", section).ifPresent(study::setPretraining);
            if (section.get("pretraining").isPresent()) {
                section.entries().keySet().stream()
                        .filter(key -> StudyKeys.STUDY.contains(key)
                                && !StudyKeys.EVERY.contains(key)
                                && !key.equals("pretraining"))
                        .forEach(key ->
                                values.report(section.place(key), "a pretraining study takes no \"" + key + "\""));
            } else {
                comparison(section, study);
            }
            FolderNames.check(study, problems);
            return study;
        });
    }

    private void seeds(Node node, Study study) {
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
