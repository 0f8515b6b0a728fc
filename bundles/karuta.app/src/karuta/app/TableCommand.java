package karuta.app;

import java.nio.file.Path;
import java.util.List;
import karuta.model.run.RunFolder;
import karuta.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the tables of runs again. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        description = {
            "Print what runs have shown: accuracy matrices, metrics over seeds, costs, and which cards were chosen.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta table runs/                 all runs in a folder",
            "  karuta table runs/ --markdown      for a README or an issue"
        })
final class TableCommand implements Runnable {

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run folders, or folders that hold run folders.")
    private List<Path> folders = List.of();

    @Option(names = "--markdown", description = "Write Markdown.")
    private boolean markdown;

    TableCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var report = Report.of(folders.stream()
                .flatMap(folder -> RunFolder.find(folder).stream())
                .toList());
        terminal.say((markdown ? report.markdown() : report.text()).stripTrailing());
    }
}
