package karuta.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import karuta.metrics.AccuracyMatrix.Row;
import org.junit.jupiter.api.Test;

class AccuracyMatrixTest {

    private static final Row BEFORE = new Row(List.of(), List.of(0.1, 0.2));

    @Test
    void countsStagesFromZeroAndTasksFromOne() {
        var matrix = new AccuracyMatrix(List.of("a", "b"), List.of(BEFORE, new Row(List.of("a"), List.of(0.3, 0.4))));
        assertEquals(0.1, matrix.at(0, 1));
        assertEquals(0.4, matrix.at(1, 2));
        assertEquals(0.4, matrix.last(2));
    }

    @Test
    void isCompleteOnceEveryTaskWasLearned() {
        var first = new Row(List.of("a"), List.of(0.3, 0.4));
        var second = new Row(List.of("b"), List.of(0.3, 0.4));
        assertFalse(new AccuracyMatrix(List.of("a", "b"), List.of(BEFORE, first)).complete());
        assertTrue(new AccuracyMatrix(List.of("a", "b"), List.of(BEFORE, first, second)).sequential());
        assertTrue(new AccuracyMatrix(List.of("a", "b"), List.of(BEFORE, second, first)).complete());
        assertFalse(new AccuracyMatrix(List.of("a", "b"), List.of(BEFORE, second, first)).sequential());
    }

    @Test
    void refusesWhatIsNoMatrix() {
        assertRefused(List.of("a", "b"), List.of());
        assertRefused(List.of("a", "a"), List.of(BEFORE));
        assertRefused(List.of("a"), List.of(BEFORE));
        assertRefused(List.of("a", "b"), List.of(BEFORE, new Row(List.of("c"), List.of(0.0, 0.0))));
        assertRefused(List.of("a", "b"), List.of(new Row(List.of(), List.of(0.0, 57.0))));
        assertRefused(List.of("a", "b"), List.of(new Row(List.of(), List.of(0.0, -0.1))));
    }

    @Test
    void namesTheCellsOfLearnedTasksThatAreMissing() {
        var nan = Double.NaN;
        var whole = AccuracyMatrix.sequential(
                List.of("a", "b"), List.of(List.of(nan, nan), List.of(0.5, nan), List.of(0.5, 10.0)));
        assertEquals(List.of(), whole.holes());
        var holed = AccuracyMatrix.sequential(
                List.of("a", "b"), List.of(List.of(nan, nan), List.of(nan, 0.5), List.of(nan, 0.5)));
        assertEquals(List.of("1 a", "2 a"), holed.holes());
    }

    private static void assertRefused(List<String> tasks, List<Row> rows) {
        assertThrows(IllegalArgumentException.class, () -> new AccuracyMatrix(tasks, rows));
    }
}
