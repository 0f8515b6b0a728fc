package karuta.app;

import java.nio.file.Path;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.plan.StudyPlan;
import karuta.model.study.StudyException;
import karuta.model.study.StudyReader;
import picocli.CommandLine.Parameters;

/** The study that a command is about. */
final class StudyFile {

    @Parameters(paramLabel = "STUDY", description = "A study file (YAML).")
    private Path file = Path.of("");

    /** @throws StudyException if the study has mistakes */
    StudyPlan plan(Strategies strategies) {
        return Planner.plan(strategies, StudyReader.read(file));
    }

    Path path() {
        return file;
    }
}
