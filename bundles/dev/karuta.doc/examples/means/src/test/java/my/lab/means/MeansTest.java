package my.lab.means;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import karuta.api.Guidance;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.check.junit.PoolTests;
import karuta.kit.ToyOptions;
import karuta.kit.ToyStageData;
import karuta.kit.ToyTasks;
import org.junit.jupiter.api.Test;

class MeansTest extends PoolTests {

    private final Stage stage = new Stage(1, List.of("task1"));

    @Override
    protected PromptPool strategy() {
        return new Means(ToyOptions.defaults(Means.Options.class));
    }

    @Test
    void onlyThePromptIsTrained() {
        var pool = started();
        pool.beginStage(stage, new ToyStageData(context(), ToyTasks.samples(1, 4)));
        assertEquals(
                List.of("prompt"),
                pool.trainable().stream().map(Parameter::name).toList());
    }

    @Test
    void theKeyOfATaskWithOneExampleIsItsFeature() {
        var pool = started();
        var data = new ToyStageData(context(), ToyTasks.samples(1, 1));
        pool.beginStage(stage, data);
        pool.endStage(stage, data);
        var feature = data.batch(0, 1).inputs().get(0).guidance().text().orElseThrow();
        var key = pool.cards().get(0).keys(Guidance.TEXT).orElseThrow();
        assertArrayEquals(feature.toFloatArray(), key.toFloatArray());
    }
}
