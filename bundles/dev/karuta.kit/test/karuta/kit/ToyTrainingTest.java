package karuta.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Forward;
import karuta.api.Gradient;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Learner;
import karuta.api.LearnerWrapper;
import karuta.api.Parameter;
import karuta.api.Phase;
import karuta.api.PromptedInput;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the engine promises to learners holds of the toy's training, too. */
class ToyTrainingTest {

    private static final List<Sample> SAMPLES = ToyTasks.samples(1, 8);
    private static final Stage STAGE = new Stage(1, List.of("task1"));

    private final ToyContext context = new ToyContext(1);

    @AfterEach
    void free() {
        context.close();
    }

    /** Lets only the last rows of the prompt learn. */
    private static final class OntoTheLastRows extends LearnerWrapper {

        private NDArray mask() {
            return Tensors.of(context().manager(), new float[] {0, 1, 1}, new Shape(3, 1));
        }

        @Override
        public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
            return super.gradients(gradients, step).stream()
                    .map(gradient ->
                            new Gradient(gradient.parameter(), gradient.value().mul(mask())))
                    .toList();
        }
    }

    @Test
    void theOptimiserTakesTheGradientsThatAWrapperGives() {
        var training = over(new OntoTheLastRows());
        NDArray before = context.keep(training.open(STAGE, SAMPLES).get(0).value());
        training.train(STAGE, SAMPLES, 5, 0.05);
        NDArray after = training.learner().trainable().get(0).value();
        assertEquals(before.get(0), after.get(0));
        for (var row = 1; row < 3; row++) {
            assertTrue(before.get(row).sub(after.get(row)).abs().min().getFloat() > 0, "row " + row);
        }
    }

    /** Gives the optimiser no gradient at all. */
    private static final class Withholding extends LearnerWrapper {

        @Override
        public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
            return step.step() < 3 ? gradients : List.of();
        }
    }

    @Test
    void aParameterWithoutAGradientDoesNotMoveOnItsMomentum() {
        var short3 = movedBy(3);
        assertEquals(short3, movedBy(9));
        assertNotEquals(short3, movedBy(2));
    }

    private static List<Float> movedBy(int steps) {
        try (var context = new ToyContext(1)) {
            context.with(Learner.class, new ToyLearner());
            var training = new ToyTraining(context.start(new Withholding()), context);
            training.open(STAGE, SAMPLES);
            training.train(STAGE, SAMPLES, steps, 0.05);
            return numbers(training.learner().trainable().get(0).value());
        }
    }

    /** Puts every row of the prompt back onto the unit sphere. */
    private static final class Retracting extends LearnerWrapper {

        private final List<Integer> steps = new ArrayList<>();

        @Override
        public void afterStep(Forward forward, TrainingStep step) {
            super.afterStep(forward, step);
            steps.add(step.step());
            trainable().forEach(parameter -> Ops.unit(parameter.value()).copyTo(parameter.value()));
        }
    }

    @Test
    void aWrapperMayMoveTheParametersAfterEveryStep() {
        var retracting = new Retracting();
        var training = over(retracting);
        training.open(STAGE, SAMPLES);
        training.train(STAGE, SAMPLES, 4, 0.05);
        assertEquals(List.of(0, 1, 2, 3), retracting.steps);
        NDArray norms = training.learner().trainable().get(0).value().square().sum(new int[] {1});
        for (var norm : norms.toFloatArray()) {
            assertEquals(1, norm, 1e-5);
        }
    }

    private ToyTraining over(LearnerWrapper wrapper) {
        return new ToyTraining(context.with(Learner.class, new ToyLearner()).start(wrapper), context);
    }

    /** Two prompts, each trained in a phase of its own: the second one with stored samples. */
    private static final class Course extends StrategyBase implements Learner {

        private final Map<String, NDArray> prompts = new LinkedHashMap<>();
        private final List<Phase> phases;
        private final List<String> log = new ArrayList<>();
        private final List<String> taught = new ArrayList<>();
        private String now = "";

        Course(Phase... phases) {
            this.phases = List.of(phases);
        }

        @Override
        public void beginStage(Stage stage, StageData data) {
            for (var phase : phases) {
                var numbers = context().random(phase.name()).normals(2 * ToyContext.HIDDEN);
                var shape = new Shape(2, ToyContext.HIDDEN);
                prompts.put(phase.name(), context().keep(Tensors.of(context().manager(), numbers, shape)));
            }
            log.add("stage");
        }

        @Override
        public List<Phase> phases(Stage stage) {
            return phases;
        }

        @Override
        public void beginPhase(Phase phase) {
            now = phase.name();
            log.add(now);
        }

        @Override
        public List<Parameter> trainable() {
            return List.of(new Parameter(now, prompts.get(now), 0.5));
        }

        @Override
        public List<PromptedInput> prompt(List<Input> inputs) {
            var inserts =
                    prompts.values().stream().<Insert>map(Insert.Tokens::new).toList();
            return inputs.stream()
                    .map(input -> new PromptedInput(input, inserts))
                    .toList();
        }

        @Override
        public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
            assertEquals(now, step.phase().name());
            forward.batch()
                    .inputs()
                    .forEach(input -> taught.add(now + " " + input.query().instruction()));
            return Learner.super.losses(forward, step);
        }

        @Override
        public void afterStep(Forward forward, TrainingStep step) {
            log.add(now + " " + step.step() + " of " + step.steps() + ", epoch " + step.epoch());
        }

        @Override
        public void endStage(Stage stage, StageData data) {
            log.add("end");
        }
    }

    @Test
    void everyPhaseHasItsParametersItsStepsItsRateAndItsData() {
        var stored = ToyTasks.samples(5, 2);
        var course = context.start(new Course(
                new Phase("body", new Phase.Length.Share(0.5)),
                new Phase("router", new Phase.Length.Steps(1), 3, stored),
                new Phase("last", new Phase.Length.Epochs(2))));
        var training = new ToyTraining(course, context);
        var before = new LinkedHashMap<String, NDArray>();
        training.open(STAGE, SAMPLES);
        course.prompts.forEach((name, prompt) -> before.put(name, context.keep(prompt)));
        course.log.clear();
        training.stage(1, "task1", SAMPLES, 2, 0.01);
        assertEquals(
                List.of(
                        "stage",
                        "body",
                        "body 0 of 1, epoch 0",
                        "router",
                        "router 0 of 1, epoch 0",
                        "last",
                        "last 0 of 4, epoch 0",
                        "last 1 of 4, epoch 0",
                        "last 2 of 4, epoch 1",
                        "last 3 of 4, epoch 1",
                        "end"),
                course.log);
        // the first step of Adam moves every number by the rate
        assertMoved(0.01 * 0.5, before.get("body"), course.prompts.get("body"));
        assertMoved(0.01 * 0.5 * 3, before.get("router"), course.prompts.get("router"));
        for (var question : course.taught) {
            assertEquals(question.startsWith("router"), question.contains("fff "), question); // task 5 asks "fff 0?"
        }
    }

    private static void assertMoved(double rate, NDArray before, NDArray after) {
        for (var moved : before.sub(after).abs().toFloatArray()) {
            assertEquals(rate, moved, 0.01 * rate);
        }
    }

    /** Two prompts, of which the loss uses the second one in the first three steps only. */
    private static final class Leaving extends StrategyBase implements Learner {

        private final List<NDArray> prompts = new ArrayList<>();

        @Override
        public void beginStage(Stage stage, StageData data) {
            var shape = new Shape(1, ToyContext.HIDDEN);
            for (var i = 0; i < 2; i++) {
                var numbers = context().random("leaving").fork(i).normals(ToyContext.HIDDEN);
                prompts.add(context().keep(Tensors.of(context().manager(), numbers, shape)));
            }
        }

        @Override
        public List<Parameter> trainable() {
            return IntStream.range(0, 2)
                    .mapToObj(i -> new Parameter("prompt " + i, prompts.get(i)))
                    .toList();
        }

        @Override
        public List<PromptedInput> prompt(List<Input> inputs) {
            return with(inputs, 1);
        }

        @Override
        public List<PromptedInput> prompt(List<Input> inputs, TrainingStep step) {
            return with(inputs, step.step() < 3 ? 2 : 1);
        }

        private List<PromptedInput> with(List<Input> inputs, int count) {
            var inserts = prompts.subList(0, count).stream()
                    .<Insert>map(Insert.Tokens::new)
                    .toList();
            return inputs.stream()
                    .map(input -> new PromptedInput(input, inserts))
                    .toList();
        }
    }

    @Test
    void aParameterThatTheLossNoLongerUsesStandsStill() {
        assertEquals(left(3).get(1), left(8).get(1));
        assertNotEquals(left(3).get(0), left(8).get(0));
        assertNotEquals(left(2).get(1), left(3).get(1));
    }

    private static List<List<Float>> left(int steps) {
        try (var context = new ToyContext(1)) {
            var leaving = context.start(new Leaving());
            var training = new ToyTraining(leaving, context);
            training.open(STAGE, SAMPLES);
            training.train(STAGE, SAMPLES, steps, 0.05);
            return leaving.prompts.stream().map(ToyTrainingTest::numbers).toList();
        }
    }

    private static List<Float> numbers(NDArray array) {
        var numbers = array.toFloatArray();
        return IntStream.range(0, numbers.length).mapToObj(i -> numbers[i]).toList();
    }
}
