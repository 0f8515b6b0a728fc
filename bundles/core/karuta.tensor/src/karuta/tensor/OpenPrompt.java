package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Card;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.RandomStream;
import karuta.api.StageData;
import karuta.api.StrategyContext;

/**
 * A prompt that is being learned.
 *
 * @param id of its card
 * @param task of its card
 * @param prompt P, {@code [M, d]}
 * @param weights what else is trained, for its keys
 */
record OpenPrompt(String id, Optional<String> task, NDArray prompt, Map<String, NDArray> weights) {

    static OpenPrompt begin(
            String id,
            Optional<String> task,
            PromptStart.Opening opening,
            PromptStart start,
            CardKeys keys,
            RandomStream draws) {
        var context = opening.context();
        return Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                NDArray first = start.of(opening);
                require(first.getShape().equals(opening.shape()), id, "starts as " + first.getShape(), opening.shape());
                return new OpenPrompt(id, task, context.keep(first), kept(keys.start(draws, context), context));
            }
        });
    }

    private static void require(boolean fits, String id, String what, Object wanted) {
        if (!fits) {
            throw new KarutaException(
                    "The prompt \"" + id + "\" " + what + ", but should be " + wanted + ".",
                    "Mend the pool, or what it is composed of.");
        }
    }

    /** Copies, in the same order; what is one array stays one. */
    private static Map<String, NDArray> kept(Map<String, NDArray> arrays, StrategyContext context) {
        var copies = new IdentityHashMap<NDArray, NDArray>();
        var kept = new LinkedHashMap<String, NDArray>();
        arrays.forEach((name, array) -> kept.put(name, copies.computeIfAbsent(array, context::keep)));
        return kept;
    }

    Map<String, NDArray> keys(CardKeys keys) {
        return keys.of(prompt, weights);
    }

    Card card(CardKeys keys) {
        return new Card(id, task, true, keys(keys), List.of(new Tokens(prompt)));
    }

    /** The card as it stays, with copies of its own, so that nothing that happens to the parameters can reach it. */
    Card frozen(CardKeys keys, StageData data, StrategyContext context) {
        return Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                var stay = kept(keys.closed(keys(keys), data, context), context);
                stay.forEach((feature, key) -> requireWidth(feature, key, context));
                return new Card(id, task, false, stay, List.of(new Tokens(context.keep(prompt))));
            }
        });
    }

    /** Of features that the encoder makes; others are a matter of pool and selector. */
    private void requireWidth(String feature, NDArray key, StrategyContext context) {
        var rows = key.getShape().dimension() == 0 ? 0 : key.getShape().get(0);
        var wanted = Optional.ofNullable(context.encoder().sizes().get(feature)).map(width -> new Shape(rows, width));
        require(
                wanted.isEmpty() || wanted.get().equals(key.getShape()),
                id,
                "has keys for the feature \"" + feature + "\" of shape " + key.getShape(),
                "(keys, " + context.encoder().sizes().get(feature) + ")");
    }

    List<Parameter> parameters(String place, double rate) {
        var parameters = new ArrayList<Parameter>();
        parameters.add(new Parameter(place + SavedNames.PROMPT, prompt));
        weights.forEach((name, value) -> parameters.add(new Parameter(place + name, value, rate)));
        return parameters;
    }

    long size() {
        return prompt.size()
                + weights.values().stream().mapToLong(NDArray::size).sum();
    }

    void free() {
        prompt.close();
        weights.values().forEach(NDArray::close);
    }
}
