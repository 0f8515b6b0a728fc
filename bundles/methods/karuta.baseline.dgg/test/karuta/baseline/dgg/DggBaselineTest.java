package karuta.baseline.dgg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Footprint;
import karuta.api.Gradient;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Phase;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.api.TrainingStep;
import karuta.baseline.dgg.DggBaseline.Options;
import karuta.baseline.lora.LoraBaseline;
import karuta.kit.LearnerContract;
import karuta.kit.ReferenceArrays;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;
import karuta.kit.ToyOptions;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.prompt.PromptLearner;
import karuta.tensor.Autograd;
import karuta.tensor.ParameterSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DggBaselineTest {

    private static final Stage SECOND = new Stage(2, List.of("task2"));
    private static final List<Sample> ONE = ToyTasks.samples(1, 6);
    private static final List<Sample> TWO = ToyTasks.samples(2, 6);

    static Stream<Supplier<ToyContext>> learners() {
        return Stream.of(
                () -> new ToyContext(1).over(ToyLearner::new),
                () -> new ToyContext(1).over(() -> new LoraBaseline(ToyOptions.defaults(LoraBaseline.Options.class))),
                () -> LearnerContract.playing(PromptLearner::new));
    }

    private static DggBaseline dgg(double share) {
        return new DggBaseline(ToyOptions.of(Options.class, Map.of("share", share)));
    }

    /** {@code releng/methods/dgg.py}: two parameters of six and four numbers. */
    @Test
    void guidedGradientsAreTheReferences() {
        try (var context = new ToyContext(1)) {
            var reference = ReferenceArrays.read(Path.of("test/fixtures/dgg.txt"), context.manager());
            for (var example = 0; example < 3; example++) {
                NDArray now = reference.get("now." + example);
                NDArray past = reference.get("past." + example);
                NDArray gradient = reference.get("gradient." + example);
                var guide = new Guide(new ParameterSnapshot(Map.of("a", past.get(":6"), "b", past.get("6:"))));
                var guided = guide.added(List.of(
                        new Gradient(new Parameter("a", now.get(":6")), gradient.get(":6")),
                        new Gradient(new Parameter("b", now.get("6:")), gradient.get("6:"))));
                NDArray expected = reference.get("guided." + example);
                assertArrayEquals(
                        expected.get(":6").toFloatArray(), guided.get(0).value().toFloatArray(), 1e-5f);
                assertArrayEquals(
                        expected.get("6:").toFloatArray(), guided.get(1).value().toFloatArray(), 1e-5f);
            }
        }
    }

    @Test
    void aParameterThatWasNotThereBeforeIsNotGuided() {
        try (var context = new ToyContext(1)) {
            NDArray ones = context.manager().ones(new Shape(3));
            var gradients = List.of(
                    new Gradient(new Parameter("new", ones), ones), new Gradient(new Parameter("old", ones), ones));
            var guided = new Guide(new ParameterSnapshot(Map.of("old", ones.zerosLike()))).added(gradients);
            assertSame(gradients.get(0), guided.get(0));
            assertArrayEquals(new float[] {2, 2, 2}, guided.get(1).value().toFloatArray());
        }
    }

    @Test
    void asManyStepsAreGuidedAsTheShareSays() {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var dgg = context.start(dgg(0.2));
            var training = new ToyTraining(dgg, context);
            training.stage(1, "task1", ONE, 3, 0.05);
            training.open(SECOND, TWO);
            training.train(SECOND, TWO, 2, 0.05);
            var gradients = List.of(new Gradient(
                    dgg.trainable().get(0), dgg.trainable().get(0).value().onesLike()));
            var guided = IntStream.range(0, 1000)
                    .filter(i -> Autograd.noGrad(() -> dgg.gradients(gradients, at(context, i))) != gradients)
                    .count();
            assertEquals(200, guided, 50); // four standard deviations
            assertSame(
                    gradients,
                    context.start(dgg(1)).gradients(gradients, at(context, 0))); // before a first stage ended
        }
    }

    private static TrainingStep at(ToyContext context, int step) {
        return new TrainingStep(
                SECOND, Phase.WHOLE, 0, step, 1000, context.random("test").fork(step));
    }

    @ParameterizedTest
    @MethodSource("learners")
    void guidedStepsStayNearerToThePast(Supplier<ToyContext> learner) {
        assertTrue(moved(learner, 1) < moved(learner, 0));
        assertEquals(moved(learner, 0), moved(learner, -1)); // nobody is guided: the learner alone
    }

    /** How far the second stage goes. */
    private static double moved(Supplier<ToyContext> learner, double share) {
        try (var context = learner.get()) {
            Learner under = share < 0 ? context.part(Learner.class) : context.start(dgg(share));
            var training = new ToyTraining(under, context);
            training.stage(1, "task1", ONE, 10, 0.02);
            training.open(SECOND, TWO);
            var past = ParameterSnapshot.of(under.trainable(), context);
            training.train(SECOND, TWO, 20, 0.02);
            return under.trainable().stream()
                    .mapToDouble(parameter -> Autograd.noGrad(() -> parameter
                            .value()
                            .sub(past.of(parameter).orElseThrow())
                            .square()
                            .sum()
                            .getFloat()))
                    .sum();
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void aFreshOneGoesOnFromASavedStateBitByBit(Supplier<ToyContext> learner) {
        LearnerContract.goesOn(learner, () -> dgg(0.5), 0.02);
    }

    @Test
    void itKeepsTheParametersOnceMoreAndRefusesALearnerThatStartsAfresh() {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var training = new ToyTraining(context.start(dgg(0.5)), context);
            training.stage(1, "task1", ONE, 1, 0.05);
            training.stage(2, "task2", TWO, 1, 0.05);
            assertEquals(new Footprint(36, 72, 0, 0), training.learner().footprint());
            var prompt = training.learner().trainable().get(0).value();
            Autograd.noGrad(() -> prompt.addi(prompt.onesLike()));
            assertThrows(KarutaException.class, () -> training.open(new Stage(3, List.of("task3"))));
        }
    }
}
