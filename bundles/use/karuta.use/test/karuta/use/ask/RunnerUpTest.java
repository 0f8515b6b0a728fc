package karuta.use.ask;

import static karuta.use.ask.AbstentionTest.pick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import karuta.api.Selection;
import org.junit.jupiter.api.Test;

/** The best card that was not taken. */
class RunnerUpTest {

    @Test
    void itIsBehindTheLowestOfThoseThatWereTaken() {
        var next = RunnerUp.of(new Selection(List.of(pick("b", .5), pick("a", .75)), Optional.of(pick("c", .25))))
                .orElseThrow();
        assertEquals("c", next.pick().card().id());
        assertEquals(OptionalDouble.of(.25), next.behind());
    }

    @Test
    void itIsBehindNobodyWhereNoneWasTaken() {
        var next = RunnerUp.of(new Selection(List.of(), Optional.of(pick("c", .25))));
        assertEquals(OptionalDouble.empty(), next.orElseThrow().behind());
        assertEquals(Optional.empty(), RunnerUp.of(Selection.NONE));
    }

    @Test
    void aChoiceWithoutScoresIsKnownAsOne() {
        assertFalse(RunnerUp.scored(new Selection(List.of(pick("a", Double.NaN)))));
        assertTrue(RunnerUp.scored(new Selection(List.of(pick("a", .1)))));
        assertTrue(RunnerUp.scored(new Selection(List.of(), Optional.of(pick("a", .1)))));
    }
}
