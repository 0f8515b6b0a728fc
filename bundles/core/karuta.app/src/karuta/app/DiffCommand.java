package karuta.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import karuta.replay.Difference;
import karuta.replay.Group;
import karuta.replay.RecordDifferences;
import karuta.replay.ReplayJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells in what two records differ. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Tell in what the records of two runs differ: study, data, frozen weights, parts, versions, machine, stages and"
                    + " results. What is equal is not shown.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 nothing differs, 1 something does, 2 a record is not usable.",
            "",
            "Example:",
            "  karuta diff runs/s.dual.default.seed1 runs/s.dual.default.seed2"
        })
final class DiffCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private TwoRuns runs = new TwoRuns();

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var differences = RecordDifferences.between(runs.a(), runs.b());
        if (runs.json()) {
            terminal.say(ReplayJson.of(differences));
        } else {
            tell(differences);
        }
        return differences.all().isEmpty() ? 0 : CommandLines.FAILED;
    }

    private void tell(RecordDifferences differences) {
        runs.title(terminal);
        for (var group : Group.values()) {
            var found = differences.of(group);
            if (!found.isEmpty()) {
                terminal.say("");
                var rows = new ArrayList<>(List.of(List.of(group.words().toUpperCase(Locale.ROOT), "A", "B")));
                found.forEach(difference -> rows.add(row(difference)));
                Columns.of(rows).forEach(terminal::say);
            }
        }
        if (differences.all().isEmpty()) {
            terminal.say("");
            terminal.say("The records say the same.");
        }
    }

    private static List<String> row(Difference difference) {
        return List.of(
                difference.key(), difference.a().orElse("-"), difference.b().orElse("-"));
    }
}
