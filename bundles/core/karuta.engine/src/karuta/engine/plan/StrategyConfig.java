package karuta.engine.plan;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import karuta.engine.catalog.StrategyType;
import karuta.study.StrategyReference;

/**
 * A strategy that a study asks for, found and with checked options.
 *
 * @param type which
 * @param options those that the study sets, typed
 * @param place where the study asks for it
 */
public record StrategyConfig(StrategyType type, Map<String, Object> options, StrategyReference place) {

    /** Copies the options. */
    public StrategyConfig {
        options = Map.copyOf(options);
    }

    /** What the choice depends on, as text that is equal for equal choices. */
    public String describe() {
        var values = new TreeMap<String, String>();
        options.forEach((key, value) ->
                values.put(key, value instanceof Object[] many ? Arrays.toString(many) : value.toString()));
        return type.name() + (values.isEmpty() ? "" : values);
    }
}
