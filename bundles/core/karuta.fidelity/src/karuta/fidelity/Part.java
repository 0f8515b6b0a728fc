package karuta.fidelity;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import karuta.api.Strategy;

/**
 * A strategy of an arm that can be made afresh, with other options where it has them.
 *
 * @param options all that it has, by name, with the values that the arm gives them
 * @param maker makes one that is not started, of values for all options
 */
public record Part<T extends Strategy>(Map<String, Object> options, Function<Map<String, Object>, ? extends T> maker) {

    /** Copies the options. */
    public Part {
        options = Map.copyOf(options);
    }

    /** A fresh one; what is wished for counts where it has such an option. */
    T with(Map<String, Object> wished) {
        var values = new HashMap<>(options);
        wished.forEach((name, value) -> values.computeIfPresent(name, (key, old) -> value));
        return maker.apply(values);
    }

    /** The value of an option, or what it is where there is no such option. */
    double number(String name, double otherwise) {
        return options.get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }
}
