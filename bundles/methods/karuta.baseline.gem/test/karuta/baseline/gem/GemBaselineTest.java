package karuta.baseline.gem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import karuta.api.Footprint;
import karuta.api.Gradient;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.baseline.lora.LoraBaseline;
import karuta.kit.LearnerContract;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;
import karuta.kit.ToyOptions;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.prompt.PromptLearner;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.ParameterGradients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GemBaselineTest {

    private static final Stage FIRST = new Stage(1, List.of("task1"));
    private static final Stage THIRD = new Stage(3, List.of("task3"));
    private static final List<Sample> ONE = ToyTasks.samples(1, 8);
    private static final List<Sample> TWO = ToyTasks.samples(2, 8);
    private static final List<Sample> THREE = ToyTasks.samples(3, 8);

    static Stream<Supplier<ToyContext>> learners() {
        return Stream.of(
                () -> new ToyContext(1).over(ToyLearner::new),
                GemBaselineTest::lora,
                () -> LearnerContract.playing(PromptLearner::new));
    }

    private static ToyContext lora() {
        return new ToyContext(1).over(() -> new LoraBaseline(ToyOptions.defaults(LoraBaseline.Options.class)));
    }

    private static GemBaseline gem(Map<String, Object> options) {
        return new GemBaseline(ToyOptions.of(GemBaseline.Options.class, options));
    }

    private static AgemBaseline agem(Map<String, Object> options) {
        return new AgemBaseline(ToyOptions.of(AgemBaseline.Options.class, options));
    }

    /** A run that has learned two tasks and begins a third. */
    private static ToyTraining third(ToyContext context, MemoryWrapper wrapper) {
        var training = new ToyTraining(context.start(wrapper), context);
        training.stage(1, "task1", ONE, 15, 0.02);
        training.stage(2, "task2", TWO, 15, 0.02);
        training.open(THIRD, THREE);
        return training;
    }

    /** What goes against everything that was learned: the gradient of the old examples, turned around. */
    private static List<Gradient> against(ToyTraining training) {
        var parameters = training.learner().trainable();
        return reference(training, ONE, parameters).stream()
                .map(gradient -> new Gradient(gradient.parameter(), Ops.scale(gradient.value(), -2)))
                .toList();
    }

    private static List<Gradient> reference(ToyTraining training, List<Sample> samples, List<Parameter> parameters) {
        var step = training.step(THIRD);
        return Autograd.withGrad(() -> ParameterGradients.of(
                training.forward(training.batch(samples), step).output().loss(), parameters));
    }

    private static double dot(List<Gradient> one, List<Gradient> other) {
        return direction(one).dot(direction(other));
    }

    private static Direction direction(List<Gradient> gradients) {
        return new Direction(gradients.stream().map(Gradient::value).toList());
    }

    @ParameterizedTest
    @MethodSource("learners")
    void gemGoesAgainstNoEarlierTask(Supplier<ToyContext> learner) {
        try (var context = learner.get()) {
            var training = third(context, gem(Map.of("examples", 8, "margin", 0.0)));
            var g = against(training);
            var changed = Autograd.noGrad(() -> training.learner().gradients(g, training.step(THIRD)));
            for (var old : List.of(ONE, TWO)) {
                var memory = reference(training, old, training.learner().trainable());
                var size = Math.sqrt(dot(memory, memory) * dot(g, g));
                assertTrue(dot(changed, memory) > -1e-5 * size, dot(changed, memory) + " of " + size);
            }
            var one = reference(training, ONE, training.learner().trainable());
            assertTrue(dot(g, one) < -0.1 * Math.sqrt(dot(g, g) * dot(one, one)));
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void agemIsOrthogonalToWhatItWouldGoAgainst(Supplier<ToyContext> learner) {
        try (var context = learner.get()) {
            var training = third(context, agem(Map.of("examples", 8, "batch", 100)));
            var both = Stream.concat(ONE.stream(), TWO.stream()).toList();
            var memory = reference(training, both, training.learner().trainable());
            var little = Math.sqrt(dot(memory, memory)) / 100;
            var g = memory.stream()
                    .map(gradient -> new Gradient(
                            gradient.parameter(),
                            Ops.scale(gradient.value().onesLike(), little).sub(gradient.value())))
                    .toList();
            var size = Math.sqrt(dot(memory, memory) * dot(g, g));
            assertTrue(dot(g, memory) < 0, "does not go against");
            var changed = Autograd.noGrad(() -> training.learner().gradients(g, training.step(THIRD)));
            assertEquals(0, dot(changed, memory), 1e-5 * size);
            var with = memory.stream()
                    .map(gradient -> new Gradient(gradient.parameter(), gradient.value()))
                    .toList();
            var same = Autograd.noGrad(() -> training.learner().gradients(with, training.step(THIRD)));
            for (var i = 0; i < with.size(); i++) {
                assertSame(with.get(i).value(), same.get(i).value()); // with it: untouched
            }
        }
    }

    @Test
    void anAddedMarginIsSoMuchOfEachMemorysGradient() {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var without = gem(Map.of("examples", 8, "margin", 0.0));
            var training = third(context, without);
            var with = context.start(gem(Map.of("examples", 8, "margin", 0.5, "marginAs", "added")));
            with.load(without.save());
            var g = against(training);
            var step = training.step(THIRD);
            var added = direction(Autograd.noGrad(() -> with.gradients(g, step)))
                    .plus(-1, direction(Autograd.noGrad(() -> without.gradients(g, step))));
            var expected = direction(reference(training, ONE, with.trainable()))
                    .plus(1, direction(reference(training, TWO, with.trainable())))
                    .times(0.5);
            var gap = added.plus(-1, expected);
            assertTrue(gap.dot(gap) < 1e-8 * expected.dot(expected), gap.dot(gap) + " of " + expected.dot(expected));
        }
    }

    @Test
    void inTheFirstStageNothingIsChanged() {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            for (var wrapper : List.of(gem(Map.of()), agem(Map.of()))) {
                var training = new ToyTraining(context.start(wrapper), context);
                training.open(FIRST, ONE);
                var g = List.of(new Gradient(
                        wrapper.trainable().get(0), wrapper.trainable().get(0).value()));
                assertEquals(g, wrapper.gradients(g, training.step(FIRST)));
            }
        }
    }

    @Test
    void everyStageHasAMemoryOfItsOwnThatIsCounted() {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var training = third(context, gem(Map.of("examples", 5)));
            // an image of 2 x 2 pixels, a question of 6 letters, an answer of 2
            assertEquals(
                    new Footprint(36, 36, 10, 10 * (12 + 6 + 2)),
                    training.learner().footprint());
            var notes = training.learner().save().metadata();
            for (var memory = 0; memory < 2; memory++) {
                var answers = new ArrayList<String>();
                for (var i = 0; i < 5; i++) {
                    answers.add(notes.get(memory + "/" + i + ".answer"));
                }
                assertEquals(
                        List.of(memory == 0 ? "b!" : "c!"),
                        answers.stream().distinct().toList());
            }
        }
    }

    @Test
    void largeMemoriesAreDifferentiatedInParts() {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var wrapper = agem(Map.of("examples", 40, "batch", 40));
            var training = new ToyTraining(context.start(wrapper), context);
            var many = ToyTasks.samples(1, 40);
            training.stage(1, "task1", many, 3, 0.02);
            training.open(THIRD, THREE);
            var parameters = wrapper.trainable();
            var drawn = wrapper.memories().drawAll(40, training.step(THIRD).random());
            var parts = wrapper.gradient(drawn, parameters, training.step(THIRD));
            var whole = direction(reference(training, many, parameters));
            var gap = parts.plus(-1, whole);
            assertTrue(gap.dot(gap) < 1e-8 * whole.dot(whole), gap.dot(gap) + " of " + whole.dot(whole));
        }
    }

    @Test
    void itForgetsLessThanTheLearnerAlone() {
        var alone = forgotten(agem(Map.of("examples", 8)), true);
        var agem = forgotten(agem(Map.of("examples", 8)), false);
        var gem = forgotten(gem(Map.of("examples", 8)), false);
        assertTrue(agem < alone - 0.1 && gem < alone - 0.1, alone + " alone, " + agem + " A-GEM, " + gem + " GEM");
    }

    /** The loss of the first task's answers after the third task. */
    private static double forgotten(MemoryWrapper wrapper, boolean alone) {
        try (var context = lora()) {
            context.start(wrapper);
            var training = new ToyTraining(alone ? context.part(Learner.class) : wrapper, context);
            training.stage(1, "task1", ONE, 40, 0.02);
            training.stage(2, "task2", TWO, 40, 0.02);
            training.stage(3, "task3", THREE, 40, 0.02);
            return Autograd.noGrad(() -> training.forward(training.batch(ONE), training.step(THIRD)))
                    .output()
                    .loss()
                    .getFloat();
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void aFreshOneGoesOnFromASavedStateBitByBit(Supplier<ToyContext> learner) {
        LearnerContract.goesOn(learner, () -> gem(Map.of("examples", 4)), 0.02);
        LearnerContract.goesOn(learner, () -> agem(Map.of("examples", 4, "batch", 3)), 0.02);
    }
}
