package my.lab.confidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import karuta.api.Learner;
import karuta.api.Stage;
import karuta.check.junit.WrapperTests;
import karuta.kit.GradientCheck;
import karuta.kit.ToyOptions;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import org.junit.jupiter.api.Test;

class ConfidenceTest extends WrapperTests {

    private final Stage stage = new Stage(1, List.of("task1"));

    @Override
    protected Learner strategy() {
        return new Confidence(ToyOptions.defaults(Confidence.Options.class));
    }

    @Test
    void itsTermIsTheNegativeEntropyAndHasAGradient() {
        try (var run = run()) {
            var strong = ToyOptions.of(Confidence.Options.class, Map.of("strength", 1.0));
            var training = new ToyTraining(run.start(new Confidence(strong)), run);
            var prompt = training.open(stage, ToyTasks.samples(1, 4)).get(0).value();
            var batch = training.batch(ToyTasks.samples(1, 4));
            var terms = training.losses(batch, training.step(stage));
            assertEquals(Set.of("lm", "confidence"), terms.keySet());
            var term = terms.get("confidence").getFloat();
            assertTrue(term < 0 && term > -Math.log(96), "between certain and no idea: " + term);
            GradientCheck.holds(
                    () -> training.losses(batch, training.step(stage)).get("confidence"), prompt, 0.03);
        }
    }
}
