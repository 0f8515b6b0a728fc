package karuta.use.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Footprint;
import karuta.api.KarutaException;
import karuta.api.Stage;
import karuta.api.State;
import karuta.archive.pool.CardName;
import karuta.engine.features.Reuse;
import karuta.engine.loop.Evaluation;
import karuta.engine.loop.StageResult;
import karuta.tensor.Tensors;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which cards an arm may leave, where it has learned "new" after "old". */
class LessonResultsTest {

    private final LessonResults results = new LessonResults(List.of("old"), new CardName("new"));
    private NDManager manager;

    @BeforeEach
    void start() {
        TorchEngine.start();
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** States of a pool: cards in their order, each with one number. */
    private Map<String, State> states(Object... cards) {
        var tensors = new HashMap<String, NDArray>();
        var notes = new HashMap<String, String>();
        for (var i = 0; i < cards.length / 2; i++) {
            notes.put("card." + i + ".id", (String) cards[2 * i]);
            tensors.put(
                    "card." + i + ".prompt",
                    Tensors.of(manager, new float[] {(Integer) cards[2 * i + 1]}, new Shape(1)));
        }
        return Map.of("pool", new State(tensors, notes));
    }

    private void learned(Map<String, State> before, Map<String, State> after) {
        var evaluation = new Evaluation(1, List.of(), Map.of(), Map.of(), 0, 0, 0, new Reuse(0, 0));
        var stage = new StageResult(new Stage(2, List.of("new")), 1, 1, 0, Map.of(), new Footprint(0, 0, 0, 0));
        results.complete(Optional.empty(), evaluation, before);
        results.complete(Optional.of(stage), evaluation, after);
    }

    private String refusal() {
        return assertThrows(KarutaException.class, results::card).getMessage();
    }

    @Test
    void oneMoreCardOfTheTasksNameIsTaken() {
        learned(states("old", 1), states("old", 1, "new", 2));
        assertTrue(results.card().length > 0);
        assertEquals(Map.of(), results.scoresAfter(), "nothing was asked");
    }

    @Test
    void anEarlierCardThatIsNotAsItWasIsRefused() {
        learned(states("old", 1), states("old", 3, "new", 2));
        assertTrue(refusal().contains("has changed the card \"old\""), refusal());
    }

    @Test
    void anEarlierCardThatIsGoneIsRefused() {
        learned(states("old", 1), states("new", 2));
        assertTrue(refusal().contains("has changed the card \"old\""), refusal());
    }

    @Test
    void noCardAndTwoCardsAreRefused() {
        learned(states("old", 1), states("old", 1));
        assertTrue(refusal().contains("has made no card for the task."), refusal());
        learned(states("old", 1), states("old", 1, "new", 2, "shared", 3));
        assertTrue(refusal().contains("has made one card for the task, and others: shared."), refusal());
    }
}
