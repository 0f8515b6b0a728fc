package karuta.baseline.zeroshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import karuta.api.Answer;
import karuta.api.Footprint;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import org.junit.jupiter.api.Test;

class ZeroShotBaselineTest {

    @Test
    void itAnswersAsTheFrozenModelBeforeAndAfterEveryStage() {
        try (var context = new ToyContext(1)) {
            var samples = ToyTasks.samples(1, 4);
            var plain = samples.stream()
                    .map(sample -> new PromptedInput(context.encode(sample.query()), List.of()))
                    .toList();
            var expected = context.backbone().generate(plain);
            var training = new ToyTraining(context.start(new ZeroShotBaseline()), context);
            assertEquals(
                    expected,
                    training.answer(samples).stream().map(Answer::text).toList());
            var stage = new Stage(1, List.of("task1"));
            assertTrue(training.open(stage).isEmpty());
            training.close(stage, samples);
            assertEquals(
                    expected,
                    training.answer(samples).stream().map(Answer::text).toList());
            assertEquals(Footprint.NONE, training.learner().footprint());
        }
    }
}
