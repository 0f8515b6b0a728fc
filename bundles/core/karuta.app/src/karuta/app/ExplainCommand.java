package karuta.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.engine.run.ForgettingExplainer;
import karuta.metrics.forgetting.Explanation;
import karuta.metrics.forgetting.ExplanationFile;
import karuta.report.Explained;
import karuta.report.ForgettingTable;
import karuta.study.record.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says why runs have forgotten. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Say why finished runs have forgotten: each is asked again with its choice of cards put right, with its prompts"
                    + " as they were, and with both. Nothing is trained. What is found is kept in each run's folder, for"
                    + " `karuta report`.",
            "What a run answers as it is must be what its record says; otherwise it is not explained.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta explain runs/quickstart.modalprompt.default.seed1",
            "  karuta explain runs/ --json"
        })
final class ExplainCommand implements Callable<Integer> {

    private final Strategies strategies;
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run folders, or folders that hold run folders.")
    private List<Path> folders = List.of();

    @Option(names = "--json", description = "Print JSON: scores as the rules have them, mostly from 0 to 1.")
    private boolean json;

    ExplainCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return Interrupt.around(terminal, stop -> {
            var all = new ArrayList<Map<String, Object>>();
            try (var explainer = new ForgettingExplainer(
                    strategies, CacheFolder.ofUser().path(), new TerminalWatch(terminal), stop)) {
                for (var path : folders) {
                    for (var folder : RunFolder.find(path)) {
                        var explanation = explainer.explain(folder);
                        keep(folder, explanation);
                        if (json) {
                            all.add(fields(folder, explanation));
                        } else {
                            print(explanation);
                        }
                    }
                }
            }
            if (json) {
                terminal.say(Json.text(all));
            }
            return 0;
        });
    }

    /** What cannot be kept has been found all the same. */
    private void keep(RunFolder folder, Explanation explanation) {
        try {
            Explained.write(folder, explanation);
        } catch (IOException unwritable) {
            terminal.warn("what was found is not kept for `karuta report`: " + unwritable);
        }
    }

    private void print(Explanation explanation) {
        var title = explanation.arm() + ", seed " + explanation.seed() + ", order " + explanation.order()
                + ": why old tasks were forgotten after the last stage, in points";
        terminal.say(title);
        if (explanation.tasks().isEmpty()) {
            terminal.say("  No task was learned before the last stage, so nothing can be forgotten.");
            return;
        }
        var table = new ForgettingTable(List.of(explanation)).table(title);
        var rows = new ArrayList<List<String>>();
        rows.add(table.heads().stream()
                .map(head -> head.toUpperCase(Locale.ROOT))
                .toList());
        rows.addAll(table.rows());
        Columns.of(rows).forEach(line -> terminal.say("  " + line));
        table.notes().forEach(note -> terminal.say("  " + note));
        terminal.say("");
    }

    private static Map<String, Object> fields(RunFolder folder, Explanation explanation) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", folder.path().toString());
        fields.putAll(ExplanationFile.fields(explanation));
        return fields;
    }
}
