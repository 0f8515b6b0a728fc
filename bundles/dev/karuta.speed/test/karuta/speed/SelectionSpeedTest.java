package karuta.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.Test;

class SelectionSpeedTest {

    /** A hundred times the cards take more than twice as long, with the products in it. */
    @Test
    void aSelectionIsTimedBesideItsProductsAndAnAnswer() {
        TorchEngine.start();
        var told = new ArrayList<String>();
        var report = new SelectionSpeed(1, told::add).measure(List.of(20, 2_000));
        assertEquals(
                List.of(20, 2_000),
                report.rows().stream().map(SelectionReport.Row::cards).toList());
        var few = report.rows().get(0);
        var many = report.rows().get(1);
        assertTrue(many.products() > 2 * few.products(), report.toString());
        assertTrue(many.selection() > 2 * few.selection(), report.toString());
        assertTrue(few.selection() > 0 && report.answer() > 0, report.toString());
        assertEquals(
                List.of("selection among 20 cards", "selection among 2000 cards", "answers of the embedded model"),
                told);
    }
}
