package karuta.prompt.methods;

import java.util.ArrayList;
import java.util.Comparator;
import karuta.api.Call;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.tensor.Ops;

/** DualPrompt's choice: every card without a key, and one with: the open one, or else the nearest. */
final class DualPromptSelector implements Selector {

    @Override
    public Selection select(Call call) {
        var image = call.guidance().image().orElseThrow();
        var picks = new ArrayList<Pick>();
        call.cards().stream()
                .filter(card -> card.keys().isEmpty())
                .forEach(card -> picks.add(new Pick(card, Double.NaN)));
        call.cards().stream()
                .filter(card -> card.keys().isPresent())
                .map(card -> new Pick(
                        card,
                        Ops.cosine(card.keys().orElseThrow().get(0), image).getFloat()))
                .max(Comparator.<Pick, Boolean>comparing(pick -> pick.card().trainable())
                        .thenComparing(Pick::score))
                .ifPresent(picks::add);
        return Selection.of(picks);
    }
}
