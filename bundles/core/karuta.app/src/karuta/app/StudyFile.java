package karuta.app;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.plan.StudyPlan;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The study that a command is about. */
final class StudyFile {

    @Parameters(paramLabel = "STUDY", description = "A study file (YAML).")
    private Path file = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change a value of the study, such as arms.dual.selector.k=1; without a value, take it away."
                    + " May be given several times.")
    private List<String> settings = List.of();

    /**
     * Plans the study; warns of strategies that nobody can tell apart, but for those that the study asks for.
     *
     * @throws StudyException if the study has mistakes
     */
    StudyPlan plan(Strategies strategies, Terminal terminal) {
        var plan = Planner.plan(strategies, StudyReader.read(file, settings));
        plan.study().getNotes().forEach(terminal::warn);
        var settled = plan.strategies().map(choice -> choice.type().name()).collect(Collectors.toSet());
        strategies.ambiguities().forEach((name, ambiguity) -> {
            if (!settled.contains(name)) {
                terminal.warn(ambiguity.what() + "; " + ambiguity.remedy());
            }
        });
        return plan;
    }

    /** As words of a command line that is called from another folder. */
    List<String> arguments() {
        return Stream.concat(
                        Stream.of(file.toAbsolutePath().toString()),
                        settings.stream().flatMap(setting -> Stream.of("--set", setting)))
                .toList();
    }

    /** As it stands on the command line. */
    @Override
    public String toString() {
        return file
                + settings.stream().map(setting -> " --set '" + setting + "'").collect(Collectors.joining());
    }
}
