package karuta.kit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.kit.PoolContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyTasks;
import karuta.tensor.Autograd;
import org.junit.jupiter.api.Test;

/** What must hold of every fusion of cards that were chosen without weights. */
public abstract class FusionTests extends StrategyTests<Fusion> {

    private final ToyCards toys = new ToyCards(context().manager());
    private final List<Card> cards = List.of(toys.closed("a", 1, 2), toys.closed("b", 3, 4), toys.closed("c", 5, 6));

    /** The i-th toy sample, with some of the cards. */
    private Fusion.Choice choice(int sample, Integer... chosen) {
        var picks = List.of(chosen).stream()
                .map(cards::get)
                .map(card -> new Pick(card, 0.5))
                .toList();
        var query = ToyTasks.samples(1, sample + 1).get(sample).query();
        return new Fusion.Choice(context().encode(query), new Selection(picks));
    }

    @Test
    void whatComesOutForASampleDoesNotDependOnItsCompany() {
        var fusion = started();
        var choices = List.of(choice(0, 0), choice(1, 2, 1), choice(2), choice(3, 0, 1, 2));
        var together = fuse(fusion, choices);
        assertEquals(choices.size(), together.size());
        IntStream.range(0, choices.size())
                .forEach(i -> assertEquals(
                        together.get(i), fuse(fusion, List.of(choices.get(i))).get(0), "sample " + i));
    }

    /** The inserts of each sample with all their bits. */
    private List<List<Object>> fuse(Fusion fusion, List<Fusion.Choice> choices) {
        return Autograd.noGrad(() -> fusion.fuse(choices, Cards.of(cards))).stream()
                .map(FusionTests::content)
                .toList();
    }

    private static List<Object> content(List<Insert> inserts) {
        return PoolContract.content(new Card("", Optional.empty(), false, Map.of(), inserts));
    }
}
