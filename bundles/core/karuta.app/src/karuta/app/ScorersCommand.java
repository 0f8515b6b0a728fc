package karuta.app;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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

/** Lists the scoring rules, and tells what each does and what is wrong with it. */
@Command(
        name = "scorers",
        mixinStandardHelpOptions = true,
        description = {
            "List the scoring rules, or tell what one of them does and what is wrong with it.",
            "An id is the rule, a dot and whose it is; a slash will do for the dot.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta scorers                     all, by family",
            "  karuta scorers box                 those whose id begins so",
            "  karuta scorers box/coin            what it does, what is wrong with it, what it needs, where it comes from",
            "  karuta scorers --json              for scripts"
        })
final class ScorersCommand implements Callable<Integer> {

    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private static final RuleFacts UNTOLD = new RuleFacts("others", "", "", List.of(), List.of(), Optional.empty());

    private final Strategies strategies;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            description = "A rule, or what several begin with.",
            defaultValue = "")
    private String which = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ScorersCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var id = which.replace('/', '.');
        var rules = strategies.types().stream()
                .filter(type -> type.kind() == Kind.SCORER)
                .sorted(Comparator.comparing((StrategyType type) -> facts(type).family())
                        .thenComparing(StrategyType::id))
                .toList();
        var exact = rules.stream().filter(rule -> rule.id().equals(id)).toList();
        if (exact.size() == 1) {
            if (json) {
                terminal.say(JSON.toJson(fields(exact.get(0))));
            } else {
                describe(exact.get(0));
            }
            return 0;
        }
        var chosen = rules.stream()
                .filter(rule -> id.isEmpty() || rule.id().startsWith(id + "."))
                .toList();
        if (chosen.isEmpty()) {
            var ids = rules.stream().map(StrategyType::id).toList();
            throw new ParameterException(
                    spec.commandLine(), "there is no scorer \"" + which + "\"" + Suggestion.hint(id, ids));
        }
        if (json) {
            terminal.say(JSON.toJson(chosen.stream().map(ScorersCommand::fields).toList()));
        } else {
            list(chosen);
        }
        return 0;
    }

    private void list(List<StrategyType> rules) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("FAMILY", "ID", "WHOSE", "MENDED BY", "USED BY"));
        rules.forEach(rule -> {
            var facts = facts(rule);
            rows.add(List.of(
                    facts.family(), rule.id(), facts.of(), facts.mendedBy().orElse("-"), facts.usedBy()));
        });
        Columns.of(rows).forEach(terminal::say);
    }

    private void describe(StrategyType rule) {
        var facts = facts(rule);
        terminal.say(rule.id() + "  (" + facts.family() + "; bundle "
                + rule.source().bundle() + " " + rule.source().version() + ")");
        terminal.say(rule.description());
        terminal.say("");
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("whose", facts.of()));
        rows.add(List.of("used by", facts.usedBy()));
        rows.add(List.of("needs of every sample", fields(facts.needs())));
        rows.add(List.of("takes if it is there", fields(facts.takes())));
        rows.add(List.of("mended by", facts.mendedBy().orElse("-")));
        rows.add(List.of("from", rule.paper().orElse("-")));
        Columns.of(rows).forEach(terminal::say);
    }

    private static String fields(List<String> names) {
        return names.isEmpty() ? "-" : String.join(", ", names);
    }

    private static Map<String, Object> fields(StrategyType rule) {
        var facts = facts(rule);
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", rule.id());
        fields.put("family", facts.family());
        fields.put("of", facts.of());
        fields.put("used_by", facts.usedBy());
        fields.put("description", rule.description());
        fields.put("needs", facts.needs());
        fields.put("takes", facts.takes());
        facts.mendedBy().ifPresent(id -> fields.put("mended_by", id));
        rule.paper().ifPresent(paper -> fields.put("paper", paper));
        fields.put("bundle", rule.source().bundle());
        fields.put("version", rule.source().version());
        return fields;
    }

    private static RuleFacts facts(StrategyType rule) {
        return rule.rule().orElse(UNTOLD);
    }
}
