package karuta.baseline.zeroshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import karuta.api.Answer;
import karuta.api.Footprint;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.kit.ToySetting;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import org.junit.jupiter.api.Test;

class ZeroShotBaselineTest {

    @Test
    void itAnswersAsTheFrozenModelBeforeAndAfterEveryStage() {
        try (var setting = new ToySetting(1)) {
            var samples = ToyTasks.samples(1, 4);
            var plain = samples.stream()
                    .map(sample -> new PromptedInput(setting.see(sample.query()), List.of()))
                    .toList();
            var expected = setting.backbone().generate(plain);
            var lesson = new ToyTraining(setting.start(new ZeroShotBaseline()), setting);
            assertEquals(
                    expected, lesson.answer(samples).stream().map(Answer::text).toList());
            var stage = new Stage(1, List.of("task1"));
            assertTrue(lesson.open(stage).isEmpty());
            lesson.close(stage, samples);
            assertEquals(
                    expected, lesson.answer(samples).stream().map(Answer::text).toList());
            assertEquals(Footprint.NONE, lesson.learner().footprint());
        }
    }
}
