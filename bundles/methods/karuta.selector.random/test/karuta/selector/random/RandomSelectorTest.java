package karuta.selector.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import karuta.api.Call;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Guidance;
import karuta.api.RandomStream;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RandomSelectorTest {

    private static final int SAMPLES = 4000;

    private final ToyContext context = new ToyContext(1);
    private final ToyCards toys = new ToyCards(context.manager());
    private final List<Card> cards =
            List.of(toys.closed("a", 1), toys.closed("b", 1), toys.closed("c", 1), toys.closed("d", 1));

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void allCardsAreEquallyLikelyInEveryPlace() {
        var selector = new RandomSelector(2);
        var counts = new HashMap<String, Integer>();
        for (var sample = 0; sample < SAMPLES; sample++) {
            var picks = ToyCards.select(selector, call(sample, cards)).picks();
            assertEquals(2, picks.size());
            for (var place = 0; place < 2; place++) {
                counts.merge(picks.get(place).card().id() + place, 1, Integer::sum);
            }
        }
        assertEquals(8, counts.size());
        // a binomial count of 4000 with p = 1/4 has a standard deviation of 27: six of them
        counts.forEach((what, n) -> assertEquals(SAMPLES / 4, n, 165, what));
    }

    @Test
    void theSameSampleChoosesTheSame() {
        assertEquals(
                ToyCards.select(new RandomSelector(3), call(5, cards)).picks(),
                ToyCards.select(new RandomSelector(3), call(5, cards)).picks());
    }

    @Test
    void whatASampleChoosesDoesNotDependOnItsCompany() {
        SelectorContract.holdsForManySizes(new RandomSelector(3), Set.of());
    }

    @Test
    void theOpenCardKeepsItsSeatAndNoScoreIsRecorded() {
        var withOpen = List.of(cards.get(0), cards.get(1), toys.open("new", 1));
        for (var sample = 0; sample < 20; sample++) {
            var picks = ToyCards.select(new RandomSelector(2), call(sample, withOpen))
                    .picks();
            assertEquals(2, picks.size());
            assertEquals("new", picks.get(1).card().id());
            assertTrue(Double.isNaN(picks.get(0).score()));
        }
    }

    private static Call call(long sample, List<Card> cards) {
        var blind = new Guidance(Optional.empty(), Optional.empty());
        return new Call(blind, Cards.of(cards), RandomStream.of(1, "test").fork(sample), Optional.empty());
    }
}
