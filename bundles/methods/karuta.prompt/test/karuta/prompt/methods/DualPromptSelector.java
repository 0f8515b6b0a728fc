package karuta.prompt.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;

/** DualPrompt's choice: every card without a key, and one with: the open one, or else the nearest. */
final class DualPromptSelector implements Selector {

    private Cards experts = Cards.of(List.of());

    @Override
    public List<Selection> select(Calls calls) {
        var byKey = calls.cards().all().stream()
                .collect(Collectors.partitioningBy(card -> card.keys().isEmpty()));
        experts = experts.now(byKey.get(false));
        var scores = CardSimilarity.image(new Calls(experts, calls.samples()));
        return IntStream.range(0, scores.length)
                .mapToObj(i -> with(byKey.get(true), Selection.top(experts, scores[i], 1)))
                .toList();
    }

    private static Selection with(List<Card> general, Selection expert) {
        var picks = new ArrayList<Pick>();
        general.forEach(card -> picks.add(new Pick(card, Double.NaN)));
        picks.addAll(expert.picks());
        return new Selection(picks);
    }

    @Override
    public void close() {
        experts.close();
    }
}
