package karuta.fusion.concat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcatFusionTest {

    private final ToyContext context = new ToyContext(1);
    private final ToyCards toys = new ToyCards(context.manager());
    private final ConcatFusion fusion = new ConcatFusion();

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void theInsertsOfTheChosenCardsFollowTheOrderOfTheSelection() {
        var a = toys.closed("a", 1);
        var b = toys.closed("b", 2);
        var c = toys.closed("c", 3);
        var chosen = new Selection(List.of(new Pick(c, 0.1), new Pick(a, 0.9)));
        List<Insert> expected = List.of(c.inserts().get(0), a.inserts().get(0));
        assertEquals(expected, ToyCards.fuse(fusion, chosen, List.of(a, b, c)));
        assertEquals(List.of(), ToyCards.fuse(fusion, Selection.NONE, List.of(a, b, c)));
    }

    @Test
    void aWeightThatItCannotUseIsAnError() {
        var weight = Optional.of(context.manager().create(0.5f));
        var chosen = new Selection(List.of(new Pick(toys.closed("heavy", 1), 1, weight)));
        var error = assertThrows(KarutaException.class, () -> ToyCards.fuse(fusion, chosen, List.of()));
        assertTrue(error.getMessage().contains("heavy"), error.getMessage());
    }
}
