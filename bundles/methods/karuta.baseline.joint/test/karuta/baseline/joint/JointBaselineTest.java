package karuta.baseline.joint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import karuta.api.Learner;
import karuta.api.Stage;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import org.junit.jupiter.api.Test;

class JointBaselineTest {

    @Test
    void allTasksAreOneStageOfTheLearnerThatItGoesOver() {
        try (var context = new ToyContext(1)) {
            var learner = new ToyLearner();
            var joint = context.with(Learner.class, learner).start(new JointBaseline());
            assertEquals(List.of(List.of("a", "b", "c")), joint.schedule(List.of("a", "b", "c")));

            var stage = new Stage(1, List.of("a", "b"));
            var both = Stream.concat(ToyTasks.samples(0, 3).stream(), ToyTasks.samples(1, 3).stream())
                    .toList();
            var training = new ToyTraining(joint, context);
            training.open(stage);
            training.train(stage, both, 2, 0.01);
            training.close(stage, both);
            assertEquals(List.of(stage), learner.opened());
            assertEquals(List.of(stage), learner.closed());
            assertEquals(2, learner.batches().size());
            assertEquals(learner.footprint(), joint.footprint());
            assertEquals(new ToyTraining(learner, context).answer(both), training.answer(both));
        }
    }
}
