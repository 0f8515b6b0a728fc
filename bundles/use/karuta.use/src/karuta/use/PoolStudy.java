package karuta.use;

import java.util.List;
import karuta.study.Arm;
import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.Study;
import karuta.study.file.StudyReader;
import karuta.study.file.StudyWriter;
import karuta.study.file.TrainingDefaults;
import org.eclipse.emf.ecore.util.EcoreUtil;

/** The study that a pool's manifest holds: the one arm that learned the cards, with models and settings, and no data. */
public final class PoolStudy {

    /** Asking needs no data, and a study names some: those that need no file. */
    private static final String NO_DATA = "cards";

    private static final String ANOTHER = "another";

    private PoolStudy() {}

    /** The text of it. */
    public static String of(Run run) {
        var study = KarutaFactory.eINSTANCE.createStudy();
        study.setName(run.getStudy());
        study.getSeeds().add(run.getSeed());
        study.setBackbone(EcoreUtil.copy(run.getBackbone()));
        study.setEncoder(EcoreUtil.copy(run.getEncoder()));
        study.setTraining(EcoreUtil.copy(run.getTraining()));
        return text(study, run.getArm());
    }

    /** The text of it, made of a study that compares arms: its first seed, and one arm. */
    public static String of(Study whole, Arm arm) {
        var study = KarutaFactory.eINSTANCE.createStudy();
        study.setName(whole.getName());
        study.getSeeds().add(whole.getSeeds().get(0));
        study.setBackbone(EcoreUtil.copy(whole.getBackbone()));
        study.setEncoder(EcoreUtil.copy(whole.getEncoder()));
        study.setTraining(TrainingDefaults.of(whole, arm));
        return text(study, arm);
    }

    private static String text(Study study, Arm of) {
        var benchmark = KarutaFactory.eINSTANCE.createStrategyReference();
        benchmark.setKind("benchmark");
        benchmark.setId(NO_DATA);
        study.setBenchmark(benchmark);
        var arm = EcoreUtil.copy(of);
        arm.setFrom(null);
        arm.setAnalysis(false);
        arm.setTraining(null);
        study.getArms().add(arm);
        return StudyWriter.write(study);
    }

    /** Reads it. */
    public static Study read(String text) {
        return read(text, List.of());
    }

    /** Reads it, with some values changed, such as {@code training.rate=0.01}. */
    public static Study read(String text, List<String> changes) {
        return StudyReader.parse("pool.json", text, changes);
    }

    /**
     * The text with another encoder.
     *
     * @param encoder as a study names it: {@code tiny}, {@code {id: clip, text: pooled}}
     * @throws karuta.api.KarutaException if no study could name it so
     */
    public static String withEncoder(String text, String encoder) {
        var study = read(text);
        study.getEncoder().setId(ANOTHER);
        study.getEncoder().setBundle(null);
        study.getEncoder().getOptions().clear();
        var other = StudyWriter.write(study).replace("encoder: " + ANOTHER, "encoder: " + encoder.strip());
        return StudyWriter.write(StudyReader.parse("--encoder", other));
    }

    /** The text with the encoder of another study's text. */
    public static String withEncoderOf(String text, String file, String other) {
        var study = read(text);
        study.setEncoder(EcoreUtil.copy(StudyReader.parse(file, other).getEncoder()));
        return StudyWriter.write(study);
    }

    /** Whether two texts name the same strategies with the same options, so that cards of one are cards of the other. */
    public static boolean sameArm(String one, String other) {
        return EcoreUtil.equals(arm(one), arm(other));
    }

    private static Arm arm(String text) {
        var arm = EcoreUtil.copy(read(text).getArms().get(0));
        arm.setName("");
        return arm;
    }
}
