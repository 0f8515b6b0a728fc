package karuta.study.file;

import java.util.List;
import java.util.Optional;
import karuta.study.Arm;
import karuta.study.KarutaFactory;
import karuta.study.Option;
import karuta.study.StrategyReference;
import karuta.study.Word;
import karuta.yaml.Section;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads arms and the strategies in them. */
final class ArmReader {

    private final StudyNodes values;
    private final TrainingReader training;

    ArmReader(StudyNodes values, TrainingReader training) {
        this.values = values;
        this.training = training;
    }

    /** An arm of the study. */
    Optional<Arm> arm(Node node, String where) {
        return values.section(node, where).map(section -> {
            var arm = body(section.only(StudyKeys.ARM), where);
            section.get("analysis")
                    .flatMap(value -> values.truth(value, "\"analysis\""))
                    .ifPresent(arm::setAnalysis);
            section.get("from")
                    .flatMap(folder -> values.word(folder, "\"from\""))
                    .ifPresent(arm::setFrom);
            section.get("training").flatMap(training::read).ifPresent(arm::setTraining);
            return arm;
        });
    }

    private Arm body(Section section, String where) {
        var arm = values.locate(KarutaFactory.eINSTANCE.createArm(), section);
        var learners = StudyKeys.LEARNERS.stream()
                .filter(key -> section.get(key).isPresent())
                .toList();
        if (learners.size() != 1) {
            values.report(
                    section.node(),
                    where + " must have either a \"learner\" or a \"baseline\""
                            + (learners.isEmpty() ? ", it has none" : ", not both"));
        }
        learners.forEach(key -> strategy(key, section).ifPresent(arm::setLearner));
        StudyKeys.PARTS.forEach(key -> strategy(key, section).ifPresent(arm.getParts()::add));
        var over = "what " + where + " goes over";
        section.get("over")
                .flatMap(node -> values.section(node, over))
                .map(inner -> body(inner.only(StudyKeys.OVER), over))
                .ifPresent(arm::setOver);
        return arm;
    }

    /** The strategy under a key, which names its kind. */
    Optional<StrategyReference> strategy(String kind, Section section) {
        return section.get(kind).flatMap(node -> strategy(kind, node));
    }

    private Optional<StrategyReference> strategy(String kind, Node node) {
        var strategy = values.locate(KarutaFactory.eINSTANCE.createStrategyReference(), node);
        strategy.setKind(kind);
        if (!(node instanceof MappingNode)) {
            return values.word(node, "\"" + kind + "\" must be an id or a mapping with an id: it")
                    .map(id -> {
                        strategy.setId(id.getText());
                        return strategy;
                    });
        }
        return values.section(node, "\"" + kind + "\"").flatMap(section -> {
            section.entries().forEach((key, value) -> {
                if (kind.equals("benchmark") && key.equals("over")) {
                    strategy(kind, value).ifPresent(strategy::setOver);
                } else if (key.equals(StudyKeys.BUNDLE)) {
                    values.word(value, "\"" + StudyKeys.BUNDLE + "\"")
                            .map(Word::getText)
                            .ifPresent(strategy::setBundle);
                } else if (!key.equals("id")) {
                    strategy.getOptions().add(option(key, section.place(key), value));
                }
            });
            return section.need("id", "in \"" + kind + "\"")
                    .flatMap(place -> values.word(place, "\"id\"").map(id -> {
                        strategy.setId(id.getText());
                        return values.locate(strategy, place);
                    }));
        });
    }

    /** A value that the command line has set stands nowhere, whatever the place of its key. */
    private Option option(String key, Node place, Node value) {
        var option = values.locate(
                KarutaFactory.eINSTANCE.createOption(), value.getStartMark().isPresent() ? place : value);
        option.setKey(key);
        option.setList(value instanceof SequenceNode);
        var elements = value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
        var what = "option \"" + key + "\"";
        elements.forEach(element -> values.word(element, what).ifPresent(option.getValues()::add));
        return option;
    }
}
