package karuta.selector.dual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Selection;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DualSelectorTest {

    private static final float[] X = {2, 0, 0};
    private static final float[] Y = {0, 3, 0};

    private final ToyContext context = new ToyContext(1);
    private final ToyCards cards = new ToyCards(context.manager());

    private final Card x = cards.closed("x", 1, 0, 0);
    private final Card y = cards.closed("y", 0, 1, 0);
    private final Card both = cards.closed("both", 1, 1, 0);
    private final Card away = cards.closed("away", -1, -1, 0);

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void aScoreIsTheWeightedSumOfBothCosines() {
        var call = cards.call(X, Y, x, y, both, away);
        assertScores(call, 0.5, 0.5, 0.5, Math.sqrt(0.5), -Math.sqrt(0.5));
        assertScores(call, 0.25, 0.25, 0.75, Math.sqrt(0.5), -Math.sqrt(0.5));
        assertScores(call, 1, 1, 0, Math.sqrt(0.5), -Math.sqrt(0.5));
        assertScores(call, 0, 0, 1, Math.sqrt(0.5), -Math.sqrt(0.5));
    }

    /** Scores in the order of the cards, whatever the order of the picks is. */
    private static void assertScores(Call call, double lambda, double... expected) {
        var picks = ToyCards.select(new DualSelector(4, lambda), call).picks();
        for (var pick : picks) {
            assertEquals(
                    expected[call.cards().all().indexOf(pick.card())],
                    pick.score(),
                    1e-6,
                    pick.card().id());
        }
        assertEquals(4, picks.size());
    }

    @Test
    void itTakesTheKBestAndPutsTheBestLast() {
        var call = cards.call(X, Y, away, both, x, y);
        assertEquals(List.of("both"), ids(ToyCards.select(new DualSelector(1, 0.3), call)));
        assertEquals(List.of("y", "both"), ids(ToyCards.select(new DualSelector(2, 0.3), call)));
        assertEquals(List.of("away", "x", "y", "both"), ids(ToyCards.select(new DualSelector(4, 0.3), call)));
        assertEquals(List.of("away", "x", "y", "both"), ids(ToyCards.select(new DualSelector(9, 0.3), call)));
    }

    @Test
    void inTrainingKCountsTheOpenCardWhichComesLast() {
        var open = cards.open("new", -5, -5, -5);
        var call = cards.call(X, Y, away, both, x, y, open);
        assertEquals(List.of("new"), ids(ToyCards.select(new DualSelector(1, 0.3), call)));
        assertEquals(List.of("y", "both", "new"), ids(ToyCards.select(new DualSelector(3, 0.3), call)));
    }

    @Test
    void anAbsentModalityIsLeftOut() {
        var textOnly = cards.call(cards.guidance(Optional.empty(), Optional.of(Y)), x, y);
        assertEquals(
                1,
                ToyCards.select(new DualSelector(1, 0.5), textOnly)
                        .picks()
                        .get(0)
                        .score(),
                1e-6);
        var imageOnly = cards.call(cards.guidance(Optional.of(X), Optional.empty()), x, y);
        assertEquals(
                1,
                ToyCards.select(new DualSelector(1, 0.5), imageOnly)
                        .picks()
                        .get(0)
                        .score(),
                1e-6);
        var nothing = cards.call(cards.guidance(Optional.empty(), Optional.empty()), x, y);
        assertThrows(KarutaException.class, () -> ToyCards.select(new DualSelector(1, 0.5), nothing));
    }

    @Test
    void eachKeyOfACardIsComparedWithTheFeatureOfItsName() {
        var call = cards.call(X, Y, cards.twoKeys("own", X, Y), cards.twoKeys("other", Y, X));
        assertScoresOf(ToyCards.select(new DualSelector(2, 0.5), call), 0, 1);
    }

    private static void assertScoresOf(Selection selection, double... expected) {
        for (var i = 0; i < expected.length; i++) {
            assertEquals(expected[i], selection.picks().get(i).score(), 1e-6);
        }
    }

    @Test
    void aCardWithoutAKeyIsNamed() {
        var call = cards.call(X, Y, x, cards.keyless("silent"));
        var error = assertThrows(KarutaException.class, () -> ToyCards.select(new DualSelector(1, 0.5), call));
        assertTrue(error.getMessage().contains("silent"), error.getMessage());
    }

    @Test
    void whatASampleChoosesDoesNotDependOnItsCompany() {
        SelectorContract.holdsForManySizes(new DualSelector(3, 0.3), Set.of());
    }

    @Test
    void theChoiceOfASampleIsItsOwn() {
        var selector = new DualSelector(2, 0.5);
        var calls = IntStream.range(0, 6)
                .mapToObj(i -> cards.call(i % 2 == 0 ? X : Y, i % 3 == 0 ? X : Y, x, y, both, away))
                .toList();
        var together =
                calls.stream().map(call -> ids(ToyCards.select(selector, call))).toList();
        for (var i = calls.size() - 1; i >= 0; i--) {
            assertEquals(together.get(i), ids(ToyCards.select(new DualSelector(2, 0.5), calls.get(i))));
        }
        assertTrue(together.stream().distinct().count() > 1, "all samples chose the same");
    }

    private static List<String> ids(Selection selection) {
        return selection.picks().stream().map(pick -> pick.card().id()).toList();
    }
}
