package karuta.tensor;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import karuta.api.Gradient;
import karuta.api.Parameter;

/** Gradients of what strategies train. */
public final class ParameterGradients {

    private ParameterGradients() {}

    /**
     * The gradients of a loss that has been computed. Frees the recorded history.
     *
     * @param parameters require gradients
     * @return of the parameters that the loss depends on, in their order
     */
    public static List<Gradient> of(NDArray loss, List<Parameter> parameters) {
        var found =
                Autograd.partial(loss, parameters.stream().map(Parameter::value).toList());
        var gradients = new ArrayList<Gradient>();
        for (var i = 0; i < found.size(); i++) {
            var parameter = parameters.get(i);
            found.get(i).ifPresent(value -> gradients.add(new Gradient(parameter, value)));
        }
        return gradients;
    }

    /**
     * The gradients of a loss by parameters that need not be trained now.
     *
     * @param loss computes a scalar; run with recording
     * @return one per parameter, zeros where the loss does not depend on it
     */
    public static List<NDArray> of(Supplier<NDArray> loss, List<Parameter> parameters) {
        var values = parameters.stream().map(Parameter::value).toList();
        var frozen = values.stream().filter(value -> !value.hasGradient()).toList();
        frozen.forEach(value -> value.setRequiresGradient(true));
        try {
            return Autograd.gradients(loss, values);
        } finally {
            frozen.forEach(value -> value.setRequiresGradient(false));
        }
    }

    /**
     * Gradients as an optimiser takes them.
     *
     * @return one per parameter, empty where there is none
     */
    public static List<Optional<NDArray>> inOrder(List<Gradient> gradients, List<Parameter> parameters) {
        var byParameter = new IdentityHashMap<NDArray, NDArray>();
        gradients.forEach(gradient -> byParameter.put(gradient.parameter().value(), gradient.value()));
        return parameters.stream()
                .map(parameter -> Optional.ofNullable(byParameter.get(parameter.value())))
                .toList();
    }

    /** The sum of loss terms, which the optimiser makes smaller, with recording: it carries what the terms carry. */
    public static NDArray sum(Iterable<NDArray> terms) {
        var all = new ArrayList<NDArray>();
        terms.forEach(all::add);
        return Autograd.withGrad(() -> all.stream().reduce(NDArray::add).orElseThrow());
    }
}
