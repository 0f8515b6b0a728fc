package karuta.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.State;
import karuta.api.StrategyContext;

/**
 * What parameters were at a moment, by name, for methods that hold a learner to where it was or merge where it has been.
 *
 * @param values copies that live until they are closed, at the latest as long as the run
 */
public record ParameterSnapshot(Map<String, NDArray> values) implements AutoCloseable {

    /** Copies the map. */
    public ParameterSnapshot {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** Copies the values that parameters have now. */
    public static ParameterSnapshot of(List<Parameter> parameters, StrategyContext context) {
        var values = new TreeMap<String, NDArray>();
        parameters.forEach(parameter -> values.put(parameter.name(), context.keep(parameter.value())));
        return new ParameterSnapshot(values);
    }

    /** What the parameter was, if it was there. */
    public Optional<NDArray> of(Parameter parameter) {
        return Optional.ofNullable(values.get(parameter.name()));
    }

    /** Writes the values back into the parameters that were there. */
    public void restore(List<Parameter> parameters) {
        parameters.forEach(parameter -> of(parameter).ifPresent(value -> set(parameter, value)));
    }

    /** Gives a parameter other numbers, in place. */
    public static void set(Parameter parameter, NDArray value) {
        Autograd.noGrad(() -> {
            Ops.write(parameter.value(), value);
            return value;
        });
    }

    /**
     * Requires that a learner goes on with what it trained before: a method that holds it to its past is none where every
     * stage starts afresh.
     *
     * @param method in the user's words, such as {@code baseline.ewc}
     * @param parameters as they are when a stage begins
     * @throws KarutaException if no parameter was there when the last stage ended, or one has another shape or other numbers
     *     than it had
     */
    public void requireContinued(String method, List<Parameter> parameters) {
        if (parameters.stream().noneMatch(parameter -> of(parameter).isPresent())) {
            throw new KarutaException(
                    "\"" + method + "\" holds a learner to what it was, but the learner below trains nothing that it"
                            + " trained before.",
                    "Put it over a learner that goes on with the same parameters in all stages, such as \"lora\".");
        }
        for (var parameter : parameters) {
            if (of(parameter).filter(value -> !same(value, parameter.value())).isPresent()) {
                throw new KarutaException(
                        "\"" + method + "\" holds a learner to what it was, but \"" + parameter.name()
                                + "\" does not start a stage as it ended the last one.",
                        "Put it over a learner that goes on with the same parameters in all stages, such as \"lora\"; a"
                                + " wrapper that changes them between stages goes over this one, not below it.");
            }
        }
    }

    private static boolean same(NDArray one, NDArray other) {
        return one.getShape().equals(other.getShape()) && Arrays.equals(one.toByteArray(), other.toByteArray());
    }

    /** How many numbers it holds. */
    public long size() {
        return values.values().stream().mapToLong(NDArray::size).sum();
    }

    /** Puts it among the tensors of a state, every name behind a prefix. */
    public void write(String prefix, Map<String, NDArray> state) {
        values.forEach((name, value) -> state.put(prefix + name, value));
    }

    /** Reads what {@link #write} wrote behind the prefix, into copies. */
    public static ParameterSnapshot read(String prefix, State state, StrategyContext context) {
        var values = new TreeMap<String, NDArray>();
        state.tensors().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                values.put(name.substring(prefix.length()), context.keep(value));
            }
        });
        return new ParameterSnapshot(values);
    }

    /** Frees the copies. */
    @Override
    public void close() {
        values.values().forEach(NDArray::close);
    }
}
