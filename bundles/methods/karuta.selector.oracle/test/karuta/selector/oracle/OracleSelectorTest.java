package karuta.selector.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import karuta.api.Call;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Guidance;
import karuta.api.KarutaException;
import karuta.api.RandomStream;
import karuta.api.Selection;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OracleSelectorTest {

    private final ToyContext context = new ToyContext(1);
    private final ToyCards toys = new ToyCards(context.manager());
    private final List<Card> cards = List.of(toys.closed("a", 1), toys.closed("b", 1), toys.closed("c", 1));

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void itChoosesTheCardOfTheTrueTask() {
        for (var card : cards) {
            assertEquals(List.of(card.id()), choose(1, Optional.of(card.id()), cards));
        }
    }

    @Test
    void placesBeforeTheTrueCardGoToTheNewest() {
        assertEquals(List.of("c", "a"), choose(2, Optional.of("a"), cards));
        assertEquals(List.of("b", "c", "a"), choose(3, Optional.of("a"), cards));
    }

    @Test
    void aTaskWithoutACardGetsNone() {
        assertEquals(List.of(), choose(2, Optional.of("unseen"), cards));
    }

    @Test
    void inTrainingTheOpenCardIsTheTrueOne() {
        var open = List.of(cards.get(0), cards.get(1), toys.open("new", 1));
        assertEquals(List.of("new"), choose(1, Optional.of("new"), open));
        assertEquals(List.of("b", "new"), choose(2, Optional.of("new"), open));
    }

    @Test
    void whatASampleChoosesDoesNotDependOnItsCompany() {
        SelectorContract.holdsForManySizes(new OracleSelector(2), Set.of());
    }

    @Test
    void withoutTheTruthItSaysWhatTheArmMustSet() {
        var error = assertThrows(KarutaException.class, () -> choose(1, Optional.empty(), cards));
        assertTrue(error.getMessage().contains("analysis: true"), error.getMessage());
    }

    private static List<String> choose(int k, Optional<String> truth, List<Card> cards) {
        var blind = new Guidance(Optional.empty(), Optional.empty());
        Selection selection = ToyCards.select(
                new OracleSelector(k), new Call(blind, Cards.of(cards), RandomStream.of(1, "test"), truth));
        return selection.picks().stream().map(pick -> pick.card().id()).toList();
    }
}
