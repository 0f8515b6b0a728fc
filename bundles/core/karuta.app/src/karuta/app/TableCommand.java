package karuta.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import karuta.report.Report;
import karuta.study.record.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the tables of runs again. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        description = {
            "Print what runs have shown: accuracy matrices, metrics over seeds, costs, and which cards were chosen.",
            "Everything is checked against the SHA-256 that the records list. What is damaged is named and left out (exit"
                    + " code 2); runs that cannot stand in one table come in several.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta table runs/                 all runs in a folder",
            "  karuta table runs/ --markdown      for a README or an issue"
        })
final class TableCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run folders, or folders that hold run folders.")
    private List<Path> folders = List.of();

    @Option(names = "--markdown", description = "Write Markdown.")
    private boolean markdown;

    TableCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var report = Report.of(folders.stream()
                .flatMap(folder -> RunFolder.find(folder).stream())
                .toList());
        terminal.say((markdown ? report.markdown() : report.text()).stripTrailing());
        report.damages().forEach(terminal::fail);
        return report.damages().isEmpty() ? 0 : CommandLines.UNUSABLE;
    }
}
