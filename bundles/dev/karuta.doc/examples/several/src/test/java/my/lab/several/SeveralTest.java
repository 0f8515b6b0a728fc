package my.lab.several;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import karuta.api.Card;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.check.junit.PoolTests;
import karuta.kit.ToyOptions;
import karuta.kit.ToyStageData;
import karuta.kit.ToyTasks;
import org.junit.jupiter.api.Test;

class SeveralTest extends PoolTests {

    @Override
    protected PromptPool strategy() {
        return new Several(ToyOptions.defaults(Several.Options.class));
    }

    @Test
    void aTaskHasAsManyCardsAsTheStudySays() {
        var pool = context().start(new Several(ToyOptions.of(Several.Options.class, Map.of("prompts", 3))));
        pool.beginStage(new Stage(1, List.of("task1")), new ToyStageData(context(), ToyTasks.samples(1, 4)));
        assertEquals(
                List.of("task1", "task1#2", "task1#3"),
                pool.cards().stream().map(Card::id).toList());
    }
}
