package karuta.app;

import java.nio.file.Path;
import java.util.Map;
import karuta.api.Benchmark;
import karuta.api.KarutaException;
import karuta.bench.folder.CoinWriter;
import karuta.bench.folder.FolderWriter;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the embedded benchmark out, for people to look at. */
@Command(
        name = "export-tasks",
        mixinStandardHelpOptions = true,
        description = {
            "Write the tasks of the embedded benchmark as images and JSON (as LLaVA and CoIN have it).",
            "The benchmark \"folder\" reads what is written; with --as coin, the benchmark \"suite\" does.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta export-tasks tasks/",
            "  karuta export-tasks tasks/ --as coin       the folders and side files of CoIN",
            "  karuta export-tasks tasks/ -o seed=7       options as in a study, see `karuta strategies benchmark.cards`",
            "  karuta export-tasks tasks15/ --benchmark cards15 -o overlap=10,50,90"
        })
final class ExportTasksCommand implements Runnable {

    private final Strategies strategies;
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "A new folder.")
    private Path folder = Path.of("tasks");

    @Option(
            names = "--benchmark",
            paramLabel = "ID",
            description = "cards (the eight tasks, default) or cards15 (fifteen, some of which overlap).")
    private String benchmark = "cards";

    @Option(
            names = {"-o", "--option"},
            paramLabel = "KEY=VALUE",
            description = "An option of the benchmark; a list has commas.")
    private Map<String, String> options = Map.of();

    @Option(
            names = "--as",
            paramLabel = "FORM",
            description = "The folders they are written in: folder (if left out), or coin.")
    private Form form = Form.FOLDER;

    /** In which folders the tasks are written. */
    private enum Form {
        FOLDER,
        COIN
    }

    ExportTasksCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var type = strategies.find(Kind.BENCHMARK, benchmark).orElseThrow(() -> {
            var missing = strategies.missing(Kind.BENCHMARK, benchmark);
            return new KarutaException(missing.what(), missing.remedy());
        });
        try (var instance = strategies.create(type, new GivenOptions(options).of(type))) {
            var tasks = (Benchmark) instance.strategy();
            if (form == Form.COIN) {
                new CoinWriter().write(tasks, folder);
            } else {
                new FolderWriter().write(tasks, folder);
            }
            terminal.say("wrote the tasks " + String.join(", ", tasks.tasks()) + " to " + folder);
        }
    }
}
