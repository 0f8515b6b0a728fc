package karuta.study.file;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.DoublePredicate;
import java.util.function.IntConsumer;
import karuta.study.KarutaFactory;
import karuta.study.Training;
import karuta.yaml.Section;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads how to train. */
final class TrainingReader {

    /** Of rates: what is computed in 32 bits has no room for much more, and nothing learns at such a rate. */
    private static final double LARGEST = 1000;

    private final StudyNodes values;

    TrainingReader(StudyNodes values) {
        this.values = values;
    }

    Optional<Training> read(Node node) {
        return values.section(node, "\"training\"").map(section -> {
            var training = values.locate(KarutaFactory.eINSTANCE.createTraining(), section);
            section.only(StudyKeys.TRAINING);
            number(section, "rate", "a number above 0 and at most 1000", x -> x > 0 && x <= LARGEST, training::setRate);
            count(section, "steps", training::setSteps);
            count(section, "epochs", training::setEpochs);
            count(section, "batch", training::setBatch);
            number(section, "warmup", "a share from 0 to 1", x -> x >= 0 && x <= 1, training::setWarmup);
            number(section, "clip", "a number above 0, or 0 for no clipping", x -> x >= 0, training::setClip);
            number(section, "decay", "a number from 0 to 1000", x -> x >= 0 && x <= LARGEST, training::setDecay);
            section.get("betas").ifPresent(betas -> betas(betas, training));
            if (section.get("steps").isPresent() && section.get("epochs").isPresent()) {
                values.report(section.place("epochs"), "\"training\" takes either \"steps\" or \"epochs\", not both");
            }
            return training;
        });
    }

    private void betas(Node node, Training training) {
        var elements = values.elements(node, "\"betas\"");
        if (elements.size() == 2) {
            beta(elements.get(0), training::setBeta1);
            beta(elements.get(1), training::setBeta2);
        } else if (!elements.isEmpty()) {
            values.report(node, "\"betas\" must be two numbers, not " + elements.size());
        }
    }

    private void beta(Node node, Consumer<Double> set) {
        values.number(node, "a beta", "a number from 0 to below 1", x -> x >= 0 && x < 1)
                .ifPresent(set);
    }

    private void number(Section section, String key, String range, DoublePredicate fits, DoubleConsumer set) {
        section.get(key)
                .flatMap(node -> values.number(node, "\"" + key + "\"", range, fits))
                .ifPresent(set::accept);
    }

    private void count(Section section, String key, IntConsumer set) {
        section.get(key).flatMap(node -> values.count(node, "\"" + key + "\"")).ifPresent(set::accept);
    }
}
