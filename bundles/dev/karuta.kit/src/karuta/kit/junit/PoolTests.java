package karuta.kit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import karuta.api.Card;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.kit.AllCards;
import karuta.kit.PoolContract;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import org.junit.jupiter.api.Test;

/** What must hold of every pool that makes cards in its first stage. */
public abstract class PoolTests extends StrategyTests<PromptPool> {

    private static final int STEPS = 3;
    private static final double RATE = 0.05;

    private static ToyTraining learned(PromptPool pool, ToyContext context, int stages) {
        var training = new ToyTraining(new AllCards(pool), context);
        for (var number = 1; number <= stages; number++) {
            training.stage(number, ToyTasks.name(number), ToyTasks.samples(number, 6), STEPS, RATE);
        }
        return training;
    }

    @Test
    void cardsAndParametersHaveNamesOfTheirOwn() {
        var pool = started();
        var training = learned(pool, context(), 2);
        training.open(new Stage(3, List.of(ToyTasks.name(3))), ToyTasks.samples(3, 6));
        unique(pool.cards().stream().map(Card::id).toList());
        unique(pool.trainable().stream().map(Parameter::name).toList());
    }

    private static void unique(List<String> names) {
        assertFalse(names.isEmpty());
        assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
    }

    @Test
    void whatIsTrainedMoves() {
        var pool = started();
        var training = learned(pool, context(), 0);
        training.open(new Stage(1, List.of(ToyTasks.name(1))), ToyTasks.samples(1, 6));
        training.gradients(new Stage(1, List.of(ToyTasks.name(1))), ToyTasks.samples(1, 6))
                .forEach((name, largest) -> assertTrue(largest > 0, name + " gets no gradient from any loss"));
    }

    @Test
    void aStageThatHasEndedLeavesNoOpenCardAndAnswersChangeNone() {
        var pool = started();
        var training = learned(pool, context(), 2);
        assertTrue(pool.cards().stream().noneMatch(Card::trainable), "a card is still open");
        var before = PoolContract.contents(pool);
        training.answer(ToyTasks.samples(1, 4));
        assertEquals(before, PoolContract.contents(pool));
    }

    @Test
    void aFreshPoolGoesOnFromAKeptState() {
        var pool = started();
        var training = learned(pool, context(), 2);
        try (var other = new ToyContext(1)) {
            var fresh = other.start(strategy());
            var again = new ToyTraining(new AllCards(fresh), other);
            PoolContract.goesOn(training, pool, again, fresh, ToyTasks.samples(1, 4));
        }
    }
}
