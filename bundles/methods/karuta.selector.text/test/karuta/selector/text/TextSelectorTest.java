package karuta.selector.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import karuta.api.Guidance;
import karuta.api.KarutaException;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TextSelectorTest {

    private static final float[] X = {1, 0, 0.5f};
    private static final float[] Y = {0, 1, 0.5f};

    private final ToyContext context = new ToyContext(1);
    private final ToyCards cards = new ToyCards(context.manager());

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void itChoosesByTheTextAlone() {
        var call = cards.call(X, Y, cards.closed("X", X), cards.closed("Y", Y));
        var picks = ToyCards.select(new TextSelector(2), call).picks();
        assertEquals(1, picks.get(1).score(), 1e-6);
        assertEquals("Y", picks.get(1).card().id());
        assertEquals(0.2, picks.get(0).score(), 1e-6); // (0.5 * 0.5) / 1.25
        assertEquals(1, ToyCards.select(new TextSelector(1), call).picks().size());
    }

    @Test
    void whatASampleChoosesDoesNotDependOnItsCompany() {
        SelectorContract.holdsForManySizes(new TextSelector(3), Set.of(Guidance.TEXT));
    }

    @Test
    void aSampleWithoutTextIsAnError() {
        var call = cards.call(cards.guidance(Optional.of(X), Optional.empty()), cards.closed("X", X));
        var error = assertThrows(KarutaException.class, () -> ToyCards.select(new TextSelector(1), call));
        assertTrue(error.getMessage().contains("no text"), error.getMessage());
    }
}
