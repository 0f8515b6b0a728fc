package karuta.engine.plan;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import karuta.engine.catalog.StrategyType;
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
