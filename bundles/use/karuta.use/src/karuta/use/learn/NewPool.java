package karuta.use.learn;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.study.Arm;
import karuta.study.Study;
import karuta.study.file.StudyReader;
import karuta.use.PoolStudy;

/** The study of a pool that is about to begin. */
public final class NewPool {

    /** ModalPrompt with the embedded models, in the settings of {@code experiments/quickstart.yaml}. */
    private static final String DEFAULT = """
            study: pool
            seeds: [1]
            backbone: tiny
            encoder: tiny
            benchmark: cards
            training: {steps: 80, batch: 32, rate: 0.05, warmup: 0.125}
            arms:
              modalprompt:
                learner: prompt
                pool: {id: prototype, length: 8, transformRate: 0.06}
                selector: {id: dual, k: 3, lambda: 0.5}
                fusion: concat
            """;

    private NewPool() {}

    /**
     * The text of it, see {@link PoolStudy}.
     *
     * @param file the study that it is taken from; if there is none, ModalPrompt with the embedded models
     * @param arm of the study; not needed if it has one
     * @throws karuta.study.file.StudyException if the study has mistakes
     * @throws KarutaException if it has no such arm, or several and none is named
     */
    public static String study(Optional<Path> file, Optional<String> arm) {
        var study = file.map(StudyReader::read).orElseGet(() -> StudyReader.parse("the default study", DEFAULT));
        return PoolStudy.of(study, arm(study, arm));
    }

    private static Arm arm(Study study, Optional<String> wanted) {
        var arms = List.copyOf(study.getArms());
        var names = String.join(", ", arms.stream().map(Arm::getName).toList());
        if (arms.isEmpty()) {
            throw new KarutaException("The study has no arm.", "Take one that compares arms.");
        }
        if (wanted.isEmpty() && arms.size() > 1) {
            throw new KarutaException("The study has several arms.", "Name one by --arm: " + names + ".");
        }
        return wanted.isEmpty()
                ? arms.get(0)
                : arms.stream()
                        .filter(arm -> arm.getName().equals(wanted.get()))
                        .findFirst()
                        .orElseThrow(() -> new KarutaException(
                                "The study has no arm \"" + wanted.get() + "\".", "It has " + names + "."));
    }
}
