package karuta.engine.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a strategy without making one.
 *
 * @param kind its seam
 * @param id unique among the strategies of its kind that a study can use
 * @param source the bundle that brings it
 * @param paper where it comes from
 * @param description what it does
 * @param options what a study may set
 * @param rule what a scorer tells of its rule; empty for other kinds
 * @param abilities what it needs and what it gives
 */
public record StrategyType(
        Kind kind,
        String id,
        Source source,
        Optional<String> paper,
        String description,
        List<OptionType> options,
        Optional<RuleFacts> rule,
        Abilities abilities) {

    /** By kind, then by id. */
    public static final Comparator<StrategyType> ORDER =
            Comparator.comparing(StrategyType::kind).thenComparing(StrategyType::id);

    /** Copies the list. */
    public StrategyType {
        options = List.copyOf(options);
    }

    /** No scoring rule, or one that tells nothing. */
    public StrategyType(
            Kind kind, String id, Source source, Optional<String> paper, String description, List<OptionType> options) {
        this(kind, id, source, paper, description, options, Optional.empty(), Abilities.NONE);
    }

    /** The option with a name. */
    public Optional<OptionType> option(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    /** Name, bundle, version and file, for messages. */
    public String describe() {
        return name() + " of " + source.describe();
    }

    /** As people call it: {@code selector.dual}. */
    public String name() {
        return kind.key() + "." + id;
    }
}
