package karuta.kit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import karuta.api.Answer;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.kit.LearnerContract;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import org.junit.jupiter.api.Test;

/** What must hold of every learner; baselines and wrappers are learners, too. */
public abstract class LearnerTests extends StrategyTests<Learner> {

    private static final double RATE = 0.05;
    private static final int STEPS = 3;

    /** A run with all the parts that it plays; a wrapper gets the learner that it goes over here. */
    protected ToyContext run() {
        return new ToyContext(1);
    }

    @Test
    void aFreshLearnerThatTakesUpAStateLearnsTheNextTaskToTheSameBits() {
        LearnerContract.goesOn(this::run, this::strategy, RATE);
    }

    @Test
    void whatItAnswersToASampleDoesNotDependOnTheOthers() {
        try (var run = run()) {
            var training = new ToyTraining(run.start(strategy()), run);
            training.stage(1, ToyTasks.name(1), ToyTasks.samples(1, 6), STEPS, RATE);
            training.stage(2, ToyTasks.name(2), ToyTasks.samples(2, 6), STEPS, RATE);
            var samples = new ArrayList<Sample>(ToyTasks.samples(1, 3));
            samples.addAll(ToyTasks.samples(2, 3));
            var together = texts(training, samples);
            for (var i = 0; i < samples.size(); i++) {
                assertEquals(List.of(together.get(i)), texts(training, List.of(samples.get(i))), "sample " + i);
            }
        }
    }

    private static List<String> texts(ToyTraining training, List<Sample> samples) {
        return training.answer(samples).stream().map(Answer::text).toList();
    }

    @Test
    void parametersHaveNamesOfTheirOwn() {
        try (var run = run()) {
            var training = new ToyTraining(run.start(strategy()), run);
            var names = training.open(new Stage(1, List.of(ToyTasks.name(1))), ToyTasks.samples(1, 6)).stream()
                    .map(Parameter::name)
                    .toList();
            assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
        }
    }
}
