package karuta.pool.prototype;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Card;
import karuta.api.Insert.Tokens;
import karuta.api.Parameter;
import karuta.api.StrategyContext;
import karuta.tensor.Autograd;

/**
 * The prompt that is being learned.
 *
 * @param id of its card
 * @param task of its card
 * @param prompt P, {@code [M, d]}
 * @param transform h
 */
record TrainablePrompt(String id, Optional<String> task, NDArray prompt, Transform transform) {

    /** The prototype p, {@code [1, c]}, with gradients into prompt and transform. */
    NDArray prototype() {
        return transform.prototype(prompt);
    }

    Card card() {
        return new Card(id, task, true, PoolState.keys(prototype()), List.of(new Tokens(prompt)));
    }

    /** The card as it stays, with copies of its own, so that nothing that happens to the parameters can reach it. */
    Card frozen(StrategyContext context) {
        var key = Autograd.noGrad(() -> context.keep(prototype()));
        return new Card(id, task, false, PoolState.keys(key), List.of(new Tokens(context.keep(prompt))));
    }

    List<Parameter> parameters(double transformRate) {
        var parameters = new ArrayList<Parameter>();
        parameters.add(new Parameter("prompt", prompt));
        transform
                .weights()
                .forEach((name, value) -> parameters.add(new Parameter("transform." + name, value, transformRate)));
        return parameters;
    }

    /** All that is trained, by name. */
    Map<String, NDArray> tensors() {
        var tensors = new LinkedHashMap<String, NDArray>();
        parameters(1).forEach(parameter -> tensors.put(parameter.name(), parameter.value()));
        return tensors;
    }

    long size() {
        return prompt.size() + transform.size();
    }

    void free() {
        prompt.close();
        transform.free();
    }
}
