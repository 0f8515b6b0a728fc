package karuta.use;

import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.Study;
import karuta.study.file.StudyReader;
import karuta.study.file.StudyWriter;
import org.eclipse.emf.ecore.util.EcoreUtil;

/** The study that a pool's manifest holds: the one arm that learned the cards, with models and settings, and no data. */
public final class PoolStudy {

    /** Asking needs no data, and a study names some: those that need no file. */
    private static final String NO_DATA = "cards";

    private PoolStudy() {}

    /** The text of it. */
    public static String of(Run run) {
        var study = KarutaFactory.eINSTANCE.createStudy();
        study.setName(run.getStudy());
        study.getSeeds().add(run.getSeed());
        study.setBackbone(EcoreUtil.copy(run.getBackbone()));
        study.setEncoder(EcoreUtil.copy(run.getEncoder()));
        var benchmark = KarutaFactory.eINSTANCE.createStrategyReference();
        benchmark.setKind("benchmark");
        benchmark.setId(NO_DATA);
        study.setBenchmark(benchmark);
        study.setTraining(EcoreUtil.copy(run.getTraining()));
        var arm = EcoreUtil.copy(run.getArm());
        arm.setFrom(null);
        arm.setAnalysis(false);
        study.getArms().add(arm);
        return StudyWriter.write(study);
    }

    /** Reads it. */
    public static Study read(String text) {
        return StudyReader.parse("pool.json", text);
    }
}
