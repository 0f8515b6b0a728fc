package karuta.app;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import karuta.api.Scorer;
import karuta.compare.Comparison;
import karuta.compare.Comparison.Duel;
import karuta.compare.Sheet;
import karuta.compare.SheetFile;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.RuleFacts;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.yaml.Suggestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores the same answers under many rules. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Score the same answers under many rules, and tell how far apart the numbers are and whether the better"
                    + " method depends on the rule.",
            "Rules are those that the sheet names, or else all that go with boxes, letters or texts, as the references"
                    + " are.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta compare experiments/same-answers/sheet.jsonl",
            "  karuta compare runs/               the last answers of all runs in it, task by task",
            "  karuta compare runs/ --rule equal.coin-upper,contain.words --json"
        })
final class CompareCommand implements Callable<Integer> {

    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Strategies strategies;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Parameters(
            paramLabel = "SHEET|RUN",
            arity = "1..*",
            description = "Files of sheets, or run folders, or folders that hold run folders.")
    private List<Path> sources = List.of();

    @Option(names = "--rule", split = ",", paramLabel = "ID", description = "These rules, and no others.")
    private List<String> asked = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    CompareCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var files = sources.stream().filter(Files::isRegularFile).toList();
        var folders =
                sources.stream().filter(source -> !Files.isRegularFile(source)).toList();
        var sheets = Stream.concat(
                        files.stream().flatMap(file -> new SheetFile(file).read().stream()),
                        folders.isEmpty() ? Stream.of() : RunSheets.of(folders).stream())
                .toList();
        var comparisons = new ArrayList<Comparison>();
        try (var book = new ScorerBook(strategies)) {
            for (var sheet : sheets) {
                var scorers = new LinkedHashMap<String, Scorer>();
                rules(sheet)
                        .forEach(rule ->
                                scorers.put(rule.id(), book.rule(rule.id()).scorer()));
                comparisons.add(Comparison.of(sheet, scorers));
            }
        }
        if (json) {
            terminal.say(
                    JSON.toJson(comparisons.stream().map(CompareCommand::fields).toList()));
        } else {
            comparisons.forEach(this::print);
            total(comparisons);
        }
        return 0;
    }

    private List<StrategyType> rules(Sheet sheet) {
        var all = strategies.types().stream()
                .filter(type -> type.kind() == Kind.SCORER)
                .toList();
        var named = asked.isEmpty() ? sheet.rules() : asked;
        if (named.isEmpty()) {
            var families = sheet.families();
            return all.stream()
                    .filter(type -> type.rule()
                            .filter(facts -> families.contains(facts.family()) && sheet.has(facts.needs()))
                            .isPresent())
                    .toList();
        }
        var ids = all.stream().map(StrategyType::id).toList();
        return named.stream()
                .map(word -> word.strip().replace('/', '.'))
                .map(id -> strategies
                        .find(Kind.SCORER, id)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(), "there is no scorer \"" + id + "\"" + Suggestion.hint(id, ids))))
                .toList();
    }

    private void print(Comparison comparison) {
        var sheet = comparison.sheet();
        var rows = new ArrayList<List<String>>();
        var head = new ArrayList<>(List.of("RULE", "WHOSE"));
        sheet.methods().forEach(method -> head.add(method.name()));
        rows.add(head);
        for (var row : comparison.rows()) {
            var cells = new ArrayList<>(List.of(row.rule(), whose(row.rule())));
            row.values().forEach(value -> cells.add(percent(value)));
            rows.add(cells);
        }
        terminal.say(sheet.name() + ": " + sheet.samples().size() + " questions");
        Columns.of(rows).forEach(terminal::say);
        comparison
                .spreads()
                .forEach(spread -> terminal.say(spread.method() + ": from " + percent(spread.from()) + " ("
                        + spread.lowest() + ") to " + percent(spread.to()) + " (" + spread.highest() + "), "
                        + percent(spread.to() - spread.from()) + " apart"));
        comparison.duels().stream()
                .filter(Duel::flips)
                .forEach(duel -> terminal.say("which is better, " + duel.first()
                        + " or " + duel.second() + ", depends on the rule: the first under "
                        + String.join(", ", duel.forFirst()) + "; the second under "
                        + String.join(", ", duel.forSecond())
                        + (duel.forNone().isEmpty() ? "" : "; equal under " + String.join(", ", duel.forNone()))));
        comparison.refused().forEach((rule, why) -> terminal.warn(rule + " is left out: " + why));
        terminal.say("");
    }

    private void total(List<Comparison> comparisons) {
        var duels = comparisons.stream()
                .flatMap(comparison -> comparison.duels().stream())
                .toList();
        var flips = duels.stream().filter(Duel::flips).count();
        terminal.say("The better of two methods depends on the rule in " + flips + " of " + duels.size()
                + " comparisons on " + comparisons.size() + " sheets.");
    }

    private String whose(String rule) {
        return strategies
                .find(Kind.SCORER, rule)
                .flatMap(StrategyType::rule)
                .map(RuleFacts::of)
                .orElse("");
    }

    private static String percent(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(100 * value)
                        .setScale(2, RoundingMode.HALF_EVEN)
                        .toPlainString()
                : "-";
    }

    private static Map<String, Object> fields(Comparison comparison) {
        var sheet = comparison.sheet();
        var values = new LinkedHashMap<String, Map<String, Double>>();
        for (var row : comparison.rows()) {
            var byMethod = new LinkedHashMap<String, Double>();
            for (var i = 0; i < row.values().size(); i++) {
                byMethod.put(sheet.methods().get(i).name(), row.values().get(i));
            }
            values.put(row.rule(), byMethod);
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("sheet", sheet.name());
        fields.put("questions", sheet.samples().size());
        fields.put("rules", values);
        fields.put("spreads", comparison.spreads());
        fields.put("duels", comparison.duels());
        fields.put("refused", comparison.refused());
        return fields;
    }
}
