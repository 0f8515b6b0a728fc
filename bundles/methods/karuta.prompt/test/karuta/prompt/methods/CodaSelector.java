package karuta.prompt.methods;

import java.util.Map;
import java.util.Optional;
import karuta.api.Call;
import karuta.api.Card;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.tensor.Ops;

/** CODA-Prompt's choice: every component, weighted by {@code cos(query * attention, key)}. */
final class CodaSelector implements Selector {

    @Override
    public Selection select(Call call) {
        return new Selection(
                call.cards().stream().map(card -> weigh(card, call)).toList(), Map.of());
    }

    private static Pick weigh(Card card, Call call) {
        var keys = card.keys().orElseThrow();
        var weight = Ops.cosine(call.guidance().image().orElseThrow().mul(keys.get(1)), keys.get(0));
        return new Pick(card, weight.getFloat(), Optional.of(weight));
    }
}
