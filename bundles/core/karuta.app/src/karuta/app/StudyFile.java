package karuta.app;

import java.nio.file.Path;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.plan.StudyPlan;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import picocli.CommandLine.Parameters;

/** The study that a command is about. */
final class StudyFile {

    @Parameters(paramLabel = "STUDY", description = "A study file (YAML).")
    private Path file = Path.of("");

    /**
     * Plans the study; warns of strategies that nobody can tell apart, but for those that the study asks for.
     *
     * @throws StudyException if the study has mistakes
     */
    StudyPlan plan(Strategies strategies, Terminal terminal) {
        var plan = Planner.plan(strategies, StudyReader.read(file));
        strategies.ambiguities().forEach(ambiguity -> terminal.warn(ambiguity.what() + "; " + ambiguity.remedy()));
        return plan;
    }

    Path path() {
        return file;
    }
}
