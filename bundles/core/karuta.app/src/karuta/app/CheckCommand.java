package karuta.app;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import karuta.app.StrategyCheck.Checked;
import karuta.check.Outcome;
import karuta.check.Property.Result;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.yaml.Suggestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds strategies to the contract of their kind. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Check whether a strategy keeps to the contract of its kind: it is run on toys and on the small model.",
            "Partners that it needs are those of its own bundle, or toys; --with names others.",
            "Of a study, say of every arm whether it is ModalPrompt, and of one that is not, in what.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 every property holds, 1 one does not, 2 a strategy that was named could not be checked.",
            "",
            "Examples:",
            "  karuta check selector.dual",
            "  karuta check selector.mine --with pool=prototype,fusion=sum --set k=1 --set pool.length=4",
            "  karuta check selector                all selectors",
            "  karuta check --all --json            all strategies that are there",
            "  karuta check study.yaml              which of its arms are ModalPrompt; --json for scripts"
        })
final class CheckCommand implements Callable<Integer> {

    static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Strategies strategies;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Parameters(
            paramLabel = "KIND[.ID]",
            arity = "0..*",
            description = "A strategy, or all of a kind; or a study (YAML).")
    private List<String> names = List.of();

    @Option(names = "--all", description = "All strategies that are there.")
    private boolean all;

    @Option(names = "--with", paramLabel = "KIND=ID", split = ",", description = "A partner.")
    private Map<String, String> partners = Map.of();

    @Option(
            names = "--set",
            paramLabel = "OPTION=VALUE",
            description = "An option of the strategy, or with a kind in front (pool.length=4) of a partner.")
    private Map<String, String> options = Map.of();

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    CheckCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (names.size() == 1 && names.get(0).matches("(?i).*\\.ya?ml")) {
            return new StudyCheck(strategies, terminal).check(Path.of(names.get(0)), json);
        }
        var types = types();
        var checked = checked(types);
        if (json) {
            terminal.say(JSON.toJson(checked.stream().map(CheckCommand::fields).toList()));
        }
        if (checked.stream().anyMatch(check -> !check.report().failures().isEmpty())) {
            return CommandLines.FAILED;
        }
        return names.stream().anyMatch(name -> name.contains("."))
                        && checked.stream()
                                .anyMatch(check -> !check.report().unchecked().isEmpty())
                ? CommandLines.UNUSABLE
                : 0;
    }

    private List<StrategyType> types() {
        if (all == !names.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name a strategy, such as selector.dual, or say --all");
        }
        return all
                ? strategies.types()
                : names.stream().flatMap(name -> types(name).stream()).toList();
    }

    private List<StrategyType> types(String name) {
        var dot = name.indexOf('.');
        if (dot < 0) {
            var kind = kind(name);
            return strategies.types().stream()
                    .filter(type -> type.kind() == kind)
                    .toList();
        }
        return List.of(type(kind(name.substring(0, dot)), name.substring(dot + 1)));
    }

    private Kind kind(String word) {
        var words = List.of(Kind.values()).stream().map(Kind::key).toList();
        return Kind.ofWord(word)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "there is no kind \"" + word + "\"" + Suggestion.hint(word, words)));
    }

    private StrategyType type(Kind kind, String id) {
        return strategies.find(kind, id).orElseThrow(() -> {
            var missing = strategies.missing(kind, id);
            return new ParameterException(spec.commandLine(), missing.what() + "\n  " + missing.remedy());
        });
    }

    private List<Checked> checked(List<StrategyType> types) {
        var with = new LinkedHashMap<Kind, StrategyType>();
        partners.forEach((kind, id) -> with.put(kind(kind), type(kind(kind), id)));
        var checked = new ArrayList<Checked>();
        try (var check = new StrategyCheck(strategies, with, options)) {
            for (var type : types) {
                terminal.status("checking " + type.name() + " (" + (checked.size() + 1) + " of " + types.size() + ")");
                checked.add(check.of(type));
                if (!json) {
                    tell(checked.get(checked.size() - 1));
                }
            }
        }
        if (!json && types.size() > 1) {
            terminal.say(sum(checked));
        }
        return checked;
    }

    private void tell(Checked check) {
        var beside = check.beside().entrySet().stream()
                .map(partner -> partner.getKey() + " " + partner.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
        terminal.say(check.type().name() + (beside.isEmpty() ? "" : "  (" + beside + ")"));
        check.report().lines().forEach(line -> terminal.say("  " + line));
    }

    private static String sum(List<Checked> checked) {
        var failed = checked.stream()
                .filter(check -> !check.report().failures().isEmpty())
                .map(check -> check.type().name())
                .toList();
        var open = checked.stream()
                .filter(check -> !check.report().unchecked().isEmpty())
                .map(check -> check.type().name())
                .toList();
        return checked.size() + " strategies: " + failed.size() + " with a property that fails " + failed + ", "
                + open.size() + " not or not wholly checked " + open;
    }

    private static Map<String, Object> fields(Checked check) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("strategy", check.type().name());
        fields.put("bundle", check.type().source().bundle());
        fields.put("version", check.type().source().version());
        fields.put("sha256", check.type().source().hash());
        fields.put("beside", check.beside());
        fields.put(
                "properties",
                check.report().results().stream().map(CheckCommand::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Result result) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("property", result.property());
        if (result.outcome() instanceof Outcome.Fails failure) {
            fields.put("outcome", "failed");
            fields.put("what", failure.what());
            fields.put("where", failure.where());
            fields.put("remedy", failure.remedy());
        } else if (result.outcome() instanceof Outcome.NotApplicable aside) {
            fields.put("outcome", "not applicable");
            fields.put("reason", aside.reason());
        } else if (result.outcome() instanceof Outcome.Unchecked refusal) {
            fields.put("outcome", "not checked");
            fields.put("reason", refusal.reason());
        } else {
            fields.put("outcome", "ok");
            fields.put("note", ((Outcome.Holds) result.outcome()).note());
        }
        return fields;
    }
}
