package karuta.fidelity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Parameter;
import karuta.kit.ToyContext;

/**
 * What a task trains, told by its shapes, whatever it is called: P and the weights of h.
 *
 * @param prompt P, {@code [M, d]}
 * @param transform weight {@code [d, d]}, bias {@code [d]}, weight {@code [c, d]}, bias {@code [c]}
 */
record OpenPrompt(Parameter prompt, List<Parameter> transform) {

    private static final int D = ToyContext.HIDDEN;
    private static final int C = ToyContext.FEATURES;
    private static final List<Shape> SHAPES = List.of(new Shape(D, D), new Shape(D), new Shape(C, D), new Shape(C));

    /** Their names in the golden values. */
    static final List<String> NAMES =
            List.of("prompt", "transform.0.weight", "transform.0.bias", "transform.2.weight", "transform.2.bias");

    /** P, if it is among what is trained. */
    static Optional<Parameter> prompt(List<Parameter> parameters, double[] tokens) {
        return parameters.stream()
                .filter(parameter -> parameter.value().getShape().dimension() == 2
                        && Arrays.equals(Vectors.of(parameter.value()), tokens))
                .findFirst();
    }

    /** Empty if h has other layers. */
    static Optional<OpenPrompt> of(List<Parameter> parameters, Parameter prompt) {
        var found = new ArrayList<Parameter>();
        for (var shape : SHAPES) {
            parameters.stream()
                    .filter(parameter -> parameter != prompt
                            && parameter.value().getShape().equals(shape)
                            && found.stream().noneMatch(other -> other.value() == parameter.value()))
                    .findFirst()
                    .ifPresent(found::add);
        }
        return found.size() == SHAPES.size() ? Optional.of(new OpenPrompt(prompt, found)) : Optional.empty();
    }

    List<Parameter> all() {
        var all = new ArrayList<Parameter>();
        all.add(prompt);
        all.addAll(transform);
        return all;
    }

    /** By the names of the golden values. */
    Map<String, NDArray> named() {
        var all = all();
        var named = new LinkedHashMap<String, NDArray>();
        IntStream.range(0, NAMES.size())
                .forEach(i -> named.put(NAMES.get(i), all.get(i).value()));
        return named;
    }

    List<double[]> weights() {
        return transform.stream().map(Parameter::value).map(Vectors::of).toList();
    }

    /** The mean over the rows of h(P), in doubles, {@code [c]}. */
    double[] prototype() {
        var weights = weights();
        var rows = Vectors.of(prompt.value());
        var mean = new double[C];
        var m = rows.length / D;
        for (var row = 0; row < m; row++) {
            var hidden = Vectors.linear(weights.get(0), weights.get(1), Arrays.copyOfRange(rows, row * D, row * D + D));
            for (var i = 0; i < hidden.length; i++) {
                hidden[i] /= 1 + Math.exp(-hidden[i]); // SiLU
            }
            var out = Vectors.linear(weights.get(2), weights.get(3), hidden);
            for (var i = 0; i < C; i++) {
                mean[i] += out[i] / m;
            }
        }
        return mean;
    }
}
