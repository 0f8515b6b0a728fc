package karuta.baseline.ewc;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import karuta.api.Parameter;
import karuta.api.State;
import karuta.api.StrategyContext;
import karuta.tensor.Ops;
import karuta.tensor.ParameterSnapshot;
import karuta.tensor.Script;

/**
 * What holds the parameters of one task, or of all of them.
 *
 * @param anchor theta*, where the task left them
 * @param importance F, of the same shapes
 */
record Term(ParameterSnapshot anchor, ParameterSnapshot importance) implements AutoCloseable {

    private static final String ANCHOR = ".anchor.";
    private static final String IMPORTANCE = ".importance.";

    private static final Script SCRIPT = Script.of("""
        def penalty(self, value: Tensor, anchor: Tensor, importance: Tensor) -> Tensor:
          d = value - anchor
          return torch.sum(importance * d * d)
        """);

    /** @param importance one per parameter, as {@link Importance} gives it */
    static Term of(List<Parameter> parameters, List<NDArray> importance, StrategyContext context) {
        var kept = new TreeMap<String, NDArray>();
        for (var p = 0; p < importance.size(); p++) {
            kept.put(parameters.get(p).name(), context.keep(importance.get(p)));
        }
        return new Term(ParameterSnapshot.of(parameters, context), new ParameterSnapshot(kept));
    }

    /** One term for both, anchored here: {@code decay F' + F} of what an earlier one has as F'. */
    Term after(Term earlier, double decay, StrategyContext context) {
        var sums = new TreeMap<String, NDArray>();
        importance.values().forEach((name, now) -> {
            var before = Optional.ofNullable(earlier.importance.values().get(name));
            sums.put(
                    name,
                    context.keep(
                            before.map(old -> now.add(Ops.scale(old, decay))).orElse(now)));
        });
        return new Term(anchor, new ParameterSnapshot(sums));
    }

    /** {@code F (theta - theta*)^2} of each parameter that it knows, a scalar. */
    Stream<NDArray> penalties(List<Parameter> parameters) {
        return parameters.stream()
                .filter(parameter -> anchor.of(parameter).isPresent())
                .map(parameter -> SCRIPT.call(
                        "penalty",
                        parameter.value(),
                        anchor.of(parameter).orElseThrow(),
                        importance.of(parameter).orElseThrow()));
    }

    long size() {
        return anchor.size() + importance.size();
    }

    void write(int i, Map<String, NDArray> state) {
        anchor.write(i + ANCHOR, state);
        importance.write(i + IMPORTANCE, state);
    }

    static Term read(int i, State state, StrategyContext context) {
        return new Term(
                ParameterSnapshot.read(i + ANCHOR, state, context),
                ParameterSnapshot.read(i + IMPORTANCE, state, context));
    }

    @Override
    public void close() {
        anchor.close();
        importance.close();
    }
}
