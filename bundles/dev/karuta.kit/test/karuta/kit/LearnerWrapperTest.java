package karuta.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import karuta.api.Forward;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.LearnerWrapper;
import karuta.api.Phase;
import karuta.api.Phase.Length.Steps;
import karuta.api.Stage;
import karuta.api.TrainingStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LearnerWrapperTest {

    /** Adds the sizes of all that is trained, under a name, in a stage of two phases. */
    private static final class Sizes extends LearnerWrapper {

        private final String name;
        private final List<String> seen = new ArrayList<>();

        Sizes(String name) {
            this.name = name;
        }

        @Override
        public List<Phase> phases(Stage stage) {
            return List.of(new Phase("one", new Steps(1)), new Phase("two", new Steps(1)));
        }

        @Override
        protected void begun(Stage stage) {
            seen.add(stage.number() + " with " + trainable().size());
        }

        @Override
        protected Map<String, NDArray> terms(Forward forward, TrainingStep step) {
            return Map.of(name, trainable().get(0).value().square().sum());
        }
    }

    private final ToyContext context = new ToyContext(1);

    @AfterEach
    void free() {
        context.close();
    }

    private ToyTraining training(Sizes over) {
        context.with(Learner.class, new ToyLearner());
        return new ToyTraining(context.start(over), context);
    }

    @Test
    void aStageBeginsOnceWhenAllThatIsTrainedIsThere() {
        var sizes = new Sizes("sizes");
        var training = training(sizes);
        for (var number = 1; number <= 2; number++) {
            training.stage(number, ToyTasks.name(number), ToyTasks.samples(number, 4), 2, 0.01);
        }
        assertEquals(List.of("1 with 1", "2 with 1"), sizes.seen);
    }

    @Test
    void itsTermsStandBesideThoseOfTheLearner() {
        var losses = training(new Sizes("sizes")).stage(1, "task1", ToyTasks.samples(1, 4), 2, 0.01);
        assertEquals(Set.of("lm", "sizes"), losses.keySet());
    }

    @Test
    void aTermThatWouldTakeTheLearnersPlaceIsRefused() {
        var training = training(new Sizes("lm"));
        var refused =
                assertThrows(KarutaException.class, () -> training.stage(1, "task1", ToyTasks.samples(1, 4), 2, 0.01));
        assertTrue(refused.getMessage().contains("\"lm\""), refused.getMessage());
    }
}
