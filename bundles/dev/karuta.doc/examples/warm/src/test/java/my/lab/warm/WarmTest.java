package my.lab.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import karuta.api.Card;
import karuta.api.Insert.Tokens;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.check.junit.PoolTests;
import karuta.kit.ToyOptions;
import karuta.kit.ToyStageData;
import karuta.kit.ToyTasks;
import org.junit.jupiter.api.Test;

class WarmTest extends PoolTests {

    @Override
    protected PromptPool strategy() {
        return new Warm(ToyOptions.defaults(Warm.Options.class));
    }

    @Test
    void aTaskThatComesAgainBeginsWhereItEnded() {
        var pool = started();
        var data = new ToyStageData(context(), ToyTasks.samples(1, 4));
        for (var number = 1; number <= 2; number++) {
            pool.beginStage(new Stage(number, List.of("task1")), data);
            if (number == 1) {
                pool.endStage(new Stage(number, List.of("task1")), data);
            }
        }
        assertEquals(tokens(pool.cards().get(0)), tokens(pool.cards().get(1)));
    }

    private static Object tokens(Card card) {
        return ((Tokens) card.inserts().get(0)).embeddings();
    }
}
