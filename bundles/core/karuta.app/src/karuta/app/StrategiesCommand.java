package karuta.app;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import karuta.api.Ability;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.OptionType;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.yaml.Suggestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what a study can be made of. */
@Command(
        name = "strategies",
        mixinStandardHelpOptions = true,
        description = {"List what a study can be made of, or tell all about one strategy.", ""},
        footer = {
            "",
            "Examples:",
            "  karuta strategies                  all, with kind, id, bundle and version",
            "  karuta strategies selector         the selectors",
            "  karuta strategies --json           for scripts",
            "  karuta strategies selector.dual    its options, their defaults and limits, and the paper it comes from"
        })
final class StrategiesCommand implements Callable<Integer> {

    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Strategies strategies;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Parameters(paramLabel = "KIND[.ID]", arity = "0..1", description = "A kind, or a strategy.", defaultValue = "")
    private String which = "";

    @Option(names = "--json", description = "Print JSON, each strategy with its options.")
    private boolean json;

    StrategiesCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var dot = which.indexOf('.');
        var all = strategies.types();
        if (which.isEmpty()) {
            list(all);
        } else if (dot < 0) {
            var kind = kind(which);
            list(all.stream().filter(type -> type.kind() == kind).toList());
        } else {
            describe(kind(which.substring(0, dot)), which.substring(dot + 1));
            return 0;
        }
        var ambiguities = strategies.ambiguities();
        ambiguities.values().forEach(ambiguity -> terminal.fail(ambiguity.what() + "\n  " + ambiguity.remedy()));
        return ambiguities.isEmpty() ? 0 : CommandLines.UNUSABLE;
    }

    private Kind kind(String word) {
        var words = List.of(Kind.values()).stream().map(Kind::key).toList();
        return Kind.ofWord(word)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "there is no kind \"" + word + "\"" + Suggestion.hint(word, words)));
    }

    private void list(List<StrategyType> types) {
        if (json) {
            terminal.say(
                    JSON.toJson(types.stream().map(StrategiesCommand::fields).toList()));
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("KIND", "ID", "BUNDLE", "VERSION", "WHAT IT IS"));
        types.forEach(type -> rows.add(List.of(
                type.kind().key(),
                type.id(),
                type.source().bundle(),
                type.source().version(),
                type.description())));
        Columns.of(rows).forEach(terminal::say);
    }

    private void describe(Kind kind, String id) {
        var named = strategies.types().stream()
                .filter(type -> type.kind() == kind && type.id().equals(id))
                .toList();
        if (named.isEmpty()) {
            var missing = strategies.missing(kind, id);
            throw new ParameterException(spec.commandLine(), missing.what() + "\n  " + missing.remedy());
        }
        if (json) {
            terminal.say(
                    JSON.toJson(named.stream().map(StrategiesCommand::fields).toList()));
        } else {
            named.forEach(this::describe);
        }
    }

    private static Map<String, Object> fields(StrategyType type) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", type.kind().key());
        fields.put("id", type.id());
        fields.put("bundle", type.source().bundle());
        fields.put("version", type.source().version());
        fields.put("description", type.description());
        type.paper().ifPresent(paper -> fields.put("paper", paper));
        fields.put("needs", words(type.abilities().needs()));
        type.abilities().provides().ifPresent(given -> fields.put("gives", words(given)));
        fields.put(
                "options",
                type.options().stream().map(StrategiesCommand::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(OptionType option) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", option.name());
        option.defaults().ifPresent(values -> fields.put("default", option.many() ? values : String.join("", values)));
        fields.put("allowed", option.allowed());
        fields.put("description", option.description());
        return fields;
    }

    private static List<String> words(Set<Ability> abilities) {
        return abilities.stream().sorted().map(Ability::words).toList();
    }

    private void describe(StrategyType type) {
        terminal.say(type.name() + "  (bundle " + type.source().bundle() + " "
                + type.source().version() + ")");
        if (!type.description().isEmpty()) {
            terminal.say(type.description());
        }
        type.paper().ifPresent(paper -> terminal.say("From: " + paper));
        said("Needs: ", type.abilities().needs());
        type.abilities().provides().ifPresent(given -> said("Gives: ", given));
        terminal.say("");
        if (type.options().isEmpty()) {
            terminal.say("It has no options.");
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("OPTION", "DEFAULT", "ALLOWED", "MEANING"));
        type.options()
                .forEach(option ->
                        rows.add(List.of(option.name(), fallback(option), option.allowed(), option.description())));
        Columns.of(rows).forEach(terminal::say);
    }

    private void said(String what, Set<Ability> abilities) {
        if (!abilities.isEmpty()) {
            terminal.say(abilities.stream().sorted().map(Ability::words).collect(Collectors.joining(", ", what, "")));
        }
    }

    private static String fallback(OptionType option) {
        return option.defaults()
                .map(values -> option.many() ? values.toString() : values.get(0).isEmpty() ? "\"\"" : values.get(0))
                .orElse("must be given");
    }
}
