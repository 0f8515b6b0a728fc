package karuta.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import karuta.audit.Audit;
import karuta.audit.Findings;
import karuta.audit.Findings.Verdict;
import karuta.audit.FindingsJson;
import karuta.audit.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a printed table of results. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Check a table of results, a published one above all: can its numbers have been rounded from any matrix of"
                    + " scores, and under which definitions of its columns?",
            "The first column names the methods. Other columns are tasks, in the order in which they were learned, or"
                    + " figures such as MFT, MFN, MAA, BWT and Forgetting. What else a table may hold is told in"
                    + " audit.md.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 all can be, 1 something cannot be, 2 the table is not usable.",
            "",
            "Examples:",
            "  karuta audit table.csv                       a row per method, a column per task or figure",
            "  karuta audit table.csv --tasks 8             figures alone: how many tasks there were",
            "  karuta audit table.csv --as Avg=maa          what a heading means, by the id of a definition",
            "  karuta audit table.csv --as Params=ignore    leave a column out"
        })
final class AuditCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "TABLE", description = "The table, as CSV.")
    private Path file = Path.of("");

    @Option(names = "--tasks", paramLabel = "N", description = "How many tasks there were, if the table does not say.")
    private Optional<Integer> tasks = Optional.empty();

    @Option(
            names = "--as",
            paramLabel = "HEADING=ID",
            description = "What a column means: the id of a definition, task, or ignore.")
    private Map<String, String> meanings = Map.of();

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    AuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var findings = Audit.of(Table.read(file, tasks, meanings));
        if (json) {
            terminal.say(FindingsJson.of(findings));
        } else {
            tell(findings);
        }
        return findings.faults().isEmpty() ? 0 : CommandLines.FAILED;
    }

    private void tell(Findings findings) {
        terminal.say("methods: " + findings.methods() + ", tasks: " + findings.tasks() + ", printed numbers: "
                + findings.numbers());
        if (!findings.columns().isEmpty()) {
            terminal.say("");
            Columns.of(meanings(findings)).forEach(terminal::say);
            refuted(findings).forEach(terminal::say);
        }
        for (var fault : findings.faults()) {
            terminal.say("");
            terminal.say(words(fault));
        }
        findings.notes().forEach(note -> {
            terminal.say("");
            terminal.say("note: " + note);
        });
        terminal.say("");
        terminal.say(
                findings.faults().isEmpty()
                        ? "Nothing contradicts the numbers."
                        : "Not all of this can be: " + findings.faults().size() + " found.");
    }

    private static List<List<String>> meanings(Findings findings) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("COLUMN", "DEFINITION", "ROWS THAT FIT", "LEEWAY", ""));
        var left = findings.columns().stream()
                .filter(meaning -> meaning.verdict() != Verdict.REFUTED)
                .toList();
        for (var meaning : left) {
            rows.add(List.of(
                    meaning.column(),
                    meaning.definition().name(),
                    meaning.fitting() + " of " + meaning.rows(),
                    leeway(meaning.leeway()),
                    meaning.verdict() == Verdict.MEANT ? "is meant" : "may be meant"));
        }
        return rows;
    }

    private static List<String> refuted(Findings findings) {
        var ids = new LinkedHashMap<String, List<String>>();
        findings.columns().stream()
                .filter(meaning -> meaning.verdict() == Verdict.REFUTED)
                .forEach(meaning -> ids.computeIfAbsent(meaning.column(), is -> new ArrayList<>())
                        .add(meaning.definition().name()));
        return ids.entrySet().stream()
                .map(column -> column.getKey() + " is not " + String.join(", ", column.getValue()))
                .toList();
    }

    private static String leeway(OptionalDouble leeway) {
        return leeway.isPresent() ? String.format(Locale.ROOT, "%.3g", leeway.getAsDouble()) : "-";
    }

    private static String words(Findings.Fault fault) {
        var corrections = fault.corrections().stream()
                .map(correction -> correction.label() + " " + correction.corrected())
                .collect(Collectors.joining(", "));
        var remedy = corrections.isEmpty()
                ? "no change of a single number makes it fit"
                : "one of these would make it fit: " + corrections;
        return fault.method() + ": "
                + switch (fault.kind()) {
                    case IMPOSSIBLE, ODD ->
                        String.join(", ", fault.conflict()) + " cannot "
                                + (fault.conflict().size() == 1 ? "be" : "stand together");
                    case COUNT -> fault.conflict().get(0) + " cannot be";
                }
                + "\n  " + fault.why() + "\n  " + remedy;
    }
}
