package karuta.engine.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import karuta.engine.catalog.OptionType;
import karuta.engine.catalog.StrategyType;
import karuta.study.Option;
import karuta.study.StrategyReference;

/**
 * A strategy that a study asks for, found and with checked options.
 *
 * @param type which
 * @param options those that the study sets, typed
 * @param over what a wrapper over a benchmark goes over
 * @param place where the study asks for it
 */
public record StrategyConfig(
        StrategyType type, Map<String, Object> options, Optional<StrategyConfig> over, StrategyReference place) {

    /** Copies the options. */
    public StrategyConfig {
        options = Map.copyOf(options);
    }

    /** This one and what it goes over. */
    public Stream<StrategyConfig> all() {
        return Stream.concat(Stream.of(this), over.stream().flatMap(StrategyConfig::all));
    }

    /** The values of one of its options: those that the study gives, or the default; empty if there is neither. */
    public Optional<List<String>> texts(OptionType option) {
        return place.getOptions().stream()
                .filter(given -> given.getKey().equals(option.name()))
                .findFirst()
                .map(Option::texts)
                .map(List::copyOf)
                .or(option::defaults);
    }

    /** What the choice depends on, as text that is equal for equal choices. */
    public String describe() {
        var values = new TreeMap<String, String>();
        options.forEach((key, value) ->
                values.put(key, value instanceof Object[] many ? Arrays.toString(many) : value.toString()));
        return type.name() + " of "
                + type.source().bundle()
                + (values.isEmpty() ? "" : values)
                + over.map(inner -> " over " + inner.describe()).orElse("");
    }
}
