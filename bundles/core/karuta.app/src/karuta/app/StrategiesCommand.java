package karuta.app;

import java.util.ArrayList;
import java.util.List;
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
            "  karuta strategies selector.dual    its options, their defaults and limits, and the paper it comes from"
        })
final class StrategiesCommand implements Callable<Integer> {

    private final Strategies strategies;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Parameters(paramLabel = "KIND[.ID]", arity = "0..1", description = "A kind, or a strategy.", defaultValue = "")
    private String which = "";

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
        named.forEach(this::describe);
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
