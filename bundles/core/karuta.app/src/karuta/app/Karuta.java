package karuta.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that only leads to the others. */
@Command(
        name = "karuta",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Continual learning of multimodal models by prompts: runs studies and shows what came out.", ""},
        footer = {
            "",
            "To begin with:",
            "  karuta run experiments/quickstart.yaml     run a study; the tables follow at the end",
            "  karuta table runs/                         print the tables again",
            "  karuta report runs/                        write them as a page, with figures and every answer",
            "  karuta replay runs/NAME                    run one again, and compare bit for bit",
            "  karuta score --help                        score what other codes have answered, without a model",
            "  karuta strategies                          what a study can be made of",
            "  karuta strategies selector.dual            the options of one strategy",
            "  karuta new selector my.lab.nearest         begin a strategy of your own",
            "  karuta export-tasks tasks/                 look at the tasks of the embedded benchmark",
            "  karuta completion bash                     let the shell complete commands and options",
            "",
            "Exit codes: 0 all is well, 1 a run failed, 2 the command or the study is not usable, 130 interrupted."
        })
final class Karuta implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where in the program an error happened.")
    private boolean debug;

    @Option(
            names = "--dropins",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Take the jars with strategies from this folder (default: dropins/ in the product).")
    private Path dropins = Path.of("dropins"); // the launcher reads it; here it is only known

    private final Terminal terminal;

    Karuta(Terminal terminal) {
        this.terminal = terminal;
    }

    @Option(
            names = "--quiet",
            scope = ScopeType.INHERIT,
            description = "Tell nothing but results, warnings and errors.")
    private void quiet(boolean asked) {
        if (asked) {
            terminal.quiet();
        }
    }

    boolean debug() {
        return debug;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLines.UNUSABLE;
    }
}
