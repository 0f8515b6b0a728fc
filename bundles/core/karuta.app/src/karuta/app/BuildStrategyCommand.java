package karuta.app;

import java.nio.file.Path;
import java.util.Optional;
import karuta.project.StrategyBuild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds a strategy of one's own without Maven. */
@Command(
        name = "build-strategy",
        mixinStandardHelpOptions = true,
        description = {
            "Build the project of a strategy as a bundle, without Maven and without a connection. It needs a JDK, tests"
                    + " nothing and runs nothing of the project.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta build-strategy my.lab.nearest               leaves my.lab.nearest/target/my.lab.nearest.jar",
            "  karuta build-strategy my.lab.nearest --install     and puts it into the drop-in folder",
            "  karuta build-strategy . --out nearest.jar          leaves it elsewhere"
        })
final class BuildStrategyCommand implements Runnable {

    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "The project's folder, as `karuta new` makes it.")
    private Path project = Path.of("");

    @Option(names = "--out", paramLabel = "JAR", description = "Where the jar is written.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--install", description = "Copy the jar into the drop-in folder.")
    private boolean install;

    BuildStrategyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var built = new StrategyBuild(project, Karutas.running()).build(out);
        built.warnings().forEach(terminal::warn);
        terminal.say("built " + built.jar() + " (bundle " + built.name() + " " + built.version() + ")");
        if (install) {
            terminal.say("installed " + Karutas.dropins().install(built));
        }
    }
}
