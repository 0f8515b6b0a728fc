package karuta.baseline.lwf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import karuta.api.Batch;
import karuta.api.CausalLmOutput;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.baseline.lora.LoraBaseline;
import karuta.baseline.lwf.LwfBaseline.Options;
import karuta.kit.GradientCheck;
import karuta.kit.LearnerContract;
import karuta.kit.ReferenceArrays;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;
import karuta.kit.ToyOptions;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.prompt.PromptLearner;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LwfBaselineTest {

    private static final double NEAR = 1e-5;
    private static final Stage SECOND = new Stage(2, List.of("task2"));
    private static final List<Sample> ONE = ToyTasks.samples(1, 6);
    private static final List<Sample> TWO = ToyTasks.samples(2, 6);

    static Stream<Supplier<ToyContext>> learners() {
        return Stream.of(
                () -> new ToyContext(1).over(ToyLearner::new),
                () -> new ToyContext(1).over(() -> new LoraBaseline(ToyOptions.defaults(LoraBaseline.Options.class))),
                () -> LearnerContract.playing(PromptLearner::new));
    }

    private static LwfBaseline lwf(Map<String, Object> options) {
        return new LwfBaseline(ToyOptions.of(Options.class, options));
    }

    /** {@code releng/methods/lwf.py}: five tokens, temperature 2. */
    @Test
    void theLossAndItsGradientAreTheReferences() {
        try (var context = new ToyContext(1)) {
            var reference = ReferenceArrays.read(Path.of("test/fixtures/lwf.txt"), context.manager());
            NDArray logits = reference.get("new");
            logits.setRequiresGradient(true);
            for (var scaled : List.of(false, true)) {
                var factor = scaled ? 4f : 1f;
                var distillation = new Distillation(2, scaled);
                Supplier<NDArray> loss = () -> distillation.of(reference.get("old"), logits);
                assertEquals(
                        factor * reference.get("loss").getFloat(), loss.get().getFloat(), factor * NEAR);
                NDArray expected = Ops.scale(reference.get("slope"), factor);
                assertArrayEquals(
                        expected.toFloatArray(),
                        Autograd.gradients(loss, List.of(logits)).get(0).toFloatArray(),
                        (float) (factor * NEAR));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void theModelBeforeTheStageTeachesNewData(Supplier<ToyContext> learner) {
        try (var context = learner.get()) {
            var training = new ToyTraining(context.start(lwf(Map.of("temperature", 1.0, "weight", 3.0))), context);
            assertEquals(Set.of("lm"), training.stage(1, "task1", ONE, 20, 0.02).keySet());
            var batch = training.batch(TWO);
            NDArray before = Autograd.noGrad(() -> training.forward(batch, training.step(SECOND)))
                    .output()
                    .logits();
            training.open(SECOND, TWO);
            assertEquals(entropy(before, before), taught(training, batch), 1e-4); // it still says the same
            training.train(SECOND, TWO, 20, 0.04);
            NDArray after = Autograd.noGrad(() -> training.forward(batch, training.step(SECOND)))
                    .output()
                    .logits();
            assertEquals(entropy(before, after), taught(training, batch), 1e-4); // the teacher stands still
            assertTrue(entropy(before, after) > entropy(before, before) + 1e-3);
            training.close(SECOND, TWO);
        }
    }

    /** Of two outputs, weighed by 3, in doubles. */
    private static double entropy(NDArray before, NDArray after) {
        var width = (int) before.getShape().get(1);
        var p = before.toFloatArray();
        var q = after.toFloatArray();
        var sum = 0.0;
        for (var row = 0; row < p.length; row += width) {
            for (var i = row; i < row + width; i++) {
                sum -= Math.exp(p[i] - logSum(p, row, width)) * (q[i] - logSum(q, row, width));
            }
        }
        return 3 * sum * width / p.length;
    }

    private static double logSum(float[] logits, int from, int width) {
        var sum = 0.0;
        for (var i = from; i < from + width; i++) {
            sum += Math.exp(logits[i]);
        }
        return Math.log(sum);
    }

    private static double taught(ToyTraining training, Batch batch) {
        return Autograd.noGrad(() -> training.losses(batch, training.step(SECOND)))
                .get("lwf")
                .getFloat();
    }

    @ParameterizedTest
    @MethodSource("learners")
    void gradientsAreThoseOfFiniteDifferences(Supplier<ToyContext> learner) {
        try (var context = learner.get()) {
            var training = new ToyTraining(context.start(lwf(Map.of())), context);
            training.stage(1, "task1", ONE, 5, 0.02);
            training.open(SECOND, TWO);
            training.train(SECOND, TWO, 30, 0.2);
            var batch = training.batch(TWO);
            GradientCheck.steepest(
                    () -> training.losses(batch, training.step(SECOND)).get("lwf"),
                    training.learner().trainable().stream()
                            .map(Parameter::value)
                            .toList(),
                    0.02);
        }
    }

    @Test
    void whatIsTaughtIsForgottenLess() {
        assertTrue(forgotten(5) < forgotten(0) - 0.05, forgotten(5) + " and " + forgotten(0));
    }

    /** How much likelier the first task's answers were before the second. */
    private static double forgotten(double weight) {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var training = new ToyTraining(context.start(lwf(Map.of("weight", weight))), context);
            training.stage(1, "task1", ONE, 40, 0.05);
            training.stage(2, "task2", TWO, 20, 0.05);
            return Autograd.noGrad(() -> training.forward(training.batch(ONE), training.step(SECOND)))
                    .output()
                    .loss()
                    .getFloat();
        }
    }

    @Test
    void withoutAWeightEveryBitIsThatOfTheLearnerAlone() {
        assertArrayEquals(learned(context -> context.start(lwf(Map.of("weight", 0.0)))), learned(ToyLearners::alone));
    }

    private interface ToyLearners {

        Learner of(ToyContext context);

        static Learner alone(ToyContext context) {
            return context.part(Learner.class);
        }
    }

    private static float[] learned(ToyLearners learner) {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var training = new ToyTraining(learner.of(context), context);
            training.stage(1, "task1", ONE, 5, 0.05);
            training.stage(2, "task2", TWO, 5, 0.05);
            return training.learner().trainable().get(0).value().toFloatArray();
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void aFreshOneGoesOnFromASavedStateBitByBit(Supplier<ToyContext> learner) {
        LearnerContract.goesOn(learner, () -> lwf(Map.of()), 0.02);
    }

    @Test
    void answersOfOtherLengthsAreRefused() {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var training = new ToyTraining(context.part(Learner.class), context);
            training.open(SECOND);
            var output =
                    training.forward(training.batch(TWO), training.step(SECOND)).output();
            var cut = new CausalLmOutput(output.logits(), output.labels(), List.of(18), output.loss());
            assertThrows(KarutaException.class, () -> new Distillation(2, false).of(cut, output));
        }
    }
}
