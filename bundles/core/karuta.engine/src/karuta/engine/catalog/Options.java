package karuta.engine.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.study.Option;
import karuta.study.StrategyReference;
import karuta.study.file.StudyProblems;
import karuta.yaml.Suggestion;

/** Checks the options that a study gives to a strategy, and types them. */
public final class Options {

    /** What may stand beside the options of any strategy. */
    private static final List<String> OF_ANY = List.of("bundle");

    private Options() {}

    /**
     * Reads the options of a reference.
     *
     * @param type the strategy that is meant
     * @param reference what the study says
     * @param problems where mistakes are told: unknown keys, values of another form or out of limits, what is missing
     * @return as a component factory takes them; those that the study does not set are left to their defaults
     */
    public static Map<String, Object> read(StrategyType type, StrategyReference reference, StudyProblems problems) {
        var values = new LinkedHashMap<String, Object>();
        for (var given : reference.getOptions()) {
            type.option(given.getKey())
                    .ifPresentOrElse(
                            option -> read(type, option, given, problems)
                                    .ifPresent(value -> values.put(option.name(), value)),
                            () -> problems.add(given, unknown(type, given.getKey())));
        }
        for (var option : type.options()) {
            if (option.defaults().isEmpty() && !values.containsKey(option.name())) {
                problems.add(
                        reference,
                        type.name() + " needs the option \"" + option.name() + "\" (" + option.allowed() + ")");
            }
        }
        return values;
    }

    private static String unknown(StrategyType type, String key) {
        var names = type.options().stream().map(OptionType::name).toList();
        var meant = Suggestion.of(key, names).isEmpty()
                        && Suggestion.of(key, OF_ANY).isPresent()
                ? OF_ANY
                : names;
        return type.name() + " has no option \"" + key + "\"" + Suggestion.hint(key, meant);
    }

    private static Optional<Object> read(StrategyType type, OptionType option, Option given, StudyProblems problems) {
        Optional<Object> value = given.isList() && !option.many() ? Optional.empty() : option.read(given.texts());
        if (value.isEmpty()) {
            problems.add(
                    given,
                    "option \"" + option.name() + "\" of " + type.name() + " is "
                            + (given.isList() ? given.texts() : given.texts().get(0)) + " but must be "
                            + option.allowed()
                            + (option.description().isEmpty() ? "" : ": " + option.description()));
        }
        return value;
    }
}
