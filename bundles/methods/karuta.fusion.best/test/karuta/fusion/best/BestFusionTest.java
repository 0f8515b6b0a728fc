package karuta.fusion.best;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BestFusionTest {

    private final ToyContext context = new ToyContext(1);
    private final ToyCards toys = new ToyCards(context.manager());

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void onlyTheLastOfTheSelectionIsUsed() {
        var good = toys.closed("good", 1);
        var best = toys.closed("best", 2);
        var open = toys.open("open", 3);
        var fusion = new BestFusion();
        var cards = List.of(good, best, open);
        assertEquals(
                best.inserts(),
                ToyCards.fuse(fusion, new Selection(List.of(new Pick(good, 0.2), new Pick(best, 0.9))), cards));
        assertEquals(
                open.inserts(),
                ToyCards.fuse(fusion, new Selection(List.of(new Pick(best, 0.9), new Pick(open, 0.1))), cards));
        assertEquals(List.of(), ToyCards.fuse(fusion, Selection.NONE, cards));
    }
}
