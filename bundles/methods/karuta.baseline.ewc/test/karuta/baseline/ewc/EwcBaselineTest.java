package karuta.baseline.ewc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.baseline.ewc.EwcBaseline.Options;
import karuta.baseline.lora.LoraBaseline;
import karuta.kit.GradientCheck;
import karuta.kit.LearnerContract;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;
import karuta.kit.ToyOptions;
import karuta.kit.ToyStageData;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.prompt.PromptLearner;
import karuta.tensor.Autograd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EwcBaselineTest {

    private static final Stage SECOND = new Stage(2, List.of("task2"));
    private static final Stage THIRD = new Stage(3, List.of("task3"));
    private static final List<Sample> ONE = ToyTasks.samples(1, 5);
    private static final List<Sample> TWO = ToyTasks.samples(2, 5);

    static Stream<Supplier<ToyContext>> learners() {
        return Stream.of(
                () -> new ToyContext(1).over(ToyLearner::new),
                () -> new ToyContext(1).over(() -> new LoraBaseline(ToyOptions.defaults(LoraBaseline.Options.class))),
                () -> LearnerContract.playing(PromptLearner::new));
    }

    private static EwcBaseline ewc(Map<String, Object> options) {
        return new EwcBaseline(ToyOptions.of(Options.class, options));
    }

    @ParameterizedTest
    @MethodSource("learners")
    void theImportanceIsTheMeanSquareOfTheExamplesGradients(Supplier<ToyContext> learner) {
        try (var context = learner.get()) {
            var training = new ToyTraining(context.start(ewc(Map.of())), context);
            var first = new Stage(1, List.of("task1"));
            training.open(first, ONE);
            training.train(first, ONE, 3, 0.02);
            var parameters = training.learner().trainable();
            var values = parameters.stream().map(Parameter::value).toList();
            var expected =
                    values.stream().map(value -> new double[(int) value.size()]).toList();
            for (var i = 0; i < ONE.size(); i++) {
                var example = training.batch(ONE.subList(i, i + 1));
                var gradients = Autograd.gradients(
                        () -> Forward.of(context.backbone(), training.learner(), example, training.step(first))
                                .output()
                                .loss(),
                        values);
                for (var p = 0; p < values.size(); p++) {
                    var numbers = gradients.get(p).toFloatArray();
                    var sums = expected.get(p);
                    Arrays.setAll(sums, j -> sums[j] + (double) numbers[j] * numbers[j] / ONE.size());
                }
            }
            training.close(first, ONE);
            var kept = training.learner().save().tensors();
            for (var p = 0; p < values.size(); p++) {
                var name = parameters.get(p).name();
                near(expected.get(p), kept.get("0.importance." + name));
                assertArrayEquals(
                        values.get(p).toFloatArray(),
                        kept.get("0.anchor." + name).toFloatArray());
            }
        }
    }

    private static void near(double[] expected, NDArray actual) {
        var largest = Arrays.stream(expected).max().orElseThrow();
        var numbers = actual.toFloatArray();
        for (var i = 0; i < numbers.length; i++) {
            assertEquals(expected[i], numbers[i], 1e-5 * largest);
        }
    }

    @Test
    void batchesAndTheWholeAnswersLossAreThoseThatWereAskedFor() {
        var single = importance(Map.of());
        var whole = importance(Map.of("likelihood", "sum"));
        for (var i = 0; i < single.length; i++) {
            assertEquals(9 * single[i], whole[i], 1e-4 * whole[i] + 1e-9); // "b!" and the end: three tokens
        }
        assertFalse(Arrays.equals(single, importance(Map.of("batch", 5))));
        assertFalse(Arrays.equals(single, importance(Map.of("batches", 2))));
        assertArrayEquals(single, importance(Map.of("batches", 5)));
    }

    private static float[] importance(Map<String, Object> options) {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var training = new ToyTraining(context.start(ewc(options)), context);
            training.stage(1, "task1", ONE, 3, 0.02);
            return training.learner()
                    .save()
                    .tensors()
                    .get("0.importance.prompt")
                    .toFloatArray();
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void gradientsOfThePenaltyAreThoseOfFiniteDifferences(Supplier<ToyContext> learner) {
        for (var online : List.of(false, true)) {
            try (var context = learner.get()) {
                var training = new ToyTraining(
                        context.start(ewc(Map.of("online", online, "decay", 0.5, "strength", 3.0))), context);
                training.stage(1, "task1", ONE, 3, 0.02);
                training.stage(2, "task2", TWO, 3, 0.02);
                training.open(THIRD);
                var step = training.step(THIRD);
                var forward = training.forward(training.batch(ONE), step);
                Supplier<NDArray> penalty =
                        () -> training.learner().losses(forward, step).get("ewc");
                var values = training.learner().trainable().stream()
                        .map(Parameter::value)
                        .toList();
                values.forEach(value -> Autograd.noGrad(() -> value.addi(value.onesLike()))); // flat at the anchor
                GradientCheck.steepest(penalty, values, 0.02);
            }
        }
    }

    @Test
    void thePenaltyIsHalfTheStrengthTimesWhatEarlierTasksHold() {
        var separate = third(Map.of("strength", 0.0));
        assertEquals(0, separate.get("ewc")[0]);
        var joined = third(Map.of("strength", 0.0, "online", true, "decay", 0.5));
        for (var i = 0; i < joined.get("0.importance.prompt").length; i++) {
            var both = 0.5f * separate.get("0.importance.prompt")[i] + separate.get("1.importance.prompt")[i];
            assertEquals(both, joined.get("0.importance.prompt")[i], 1e-6f * (1 + both));
        }
        assertArrayEquals(separate.get("1.anchor.prompt"), joined.get("0.anchor.prompt"));
        for (var options : List.of(
                Map.<String, Object>of("strength", 4.0), Map.<String, Object>of("strength", 4.0, "online", true))) {
            var kept = third(options);
            var sum = 0.0;
            for (var i = 0; kept.containsKey(i + ".anchor.prompt"); i++) {
                for (var j = 0; j < kept.get("now").length; j++) {
                    var way = kept.get("now")[j] - kept.get(i + ".anchor.prompt")[j];
                    sum += 4.0 / 2 * kept.get(i + ".importance.prompt")[j] * way * way;
                }
            }
            assertEquals(sum, kept.get("ewc")[0], 1e-5 * sum);
        }
    }

    /** What is kept, trained and lost in a third stage whose parameter has moved. */
    private static Map<String, float[]> third(Map<String, Object> options) {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var training = new ToyTraining(context.start(ewc(options)), context);
            training.stage(1, "task1", ONE, 5, 0.05);
            training.stage(2, "task2", TWO, 5, 0.05);
            training.open(THIRD);
            var prompt = training.learner().trainable().get(0).value();
            Autograd.noGrad(() -> prompt.addi(prompt.onesLike()));
            var numbers = new HashMap<String, float[]>();
            training.learner().save().tensors().forEach((name, value) -> numbers.put(name, value.toFloatArray()));
            numbers.put("now", prompt.toFloatArray());
            var terms = training.losses(training.batch(ONE), training.step(THIRD));
            numbers.put("ewc", terms.get("ewc").toFloatArray());
            return numbers;
        }
    }

    @Test
    void withoutAStrengthEveryBitIsThatOfTheLearnerAlone() {
        assertArrayEquals(learned(0, false), learned(-1, false));
    }

    @Test
    void theStrongerThePenaltyTheNearerToThePast() {
        for (var online : List.of(false, true)) {
            var free = moved(0, online);
            var held = moved(1e3, online);
            var fast = moved(1e6, online);
            assertTrue(fast < held / 2 && held < free, free + ", " + held + ", " + fast);
        }
    }

    /** How far the second task goes from where the first one ended, weighed by importance. */
    private static double moved(double strength, boolean online) {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var training = new ToyTraining(context.start(ewc(Map.of("strength", strength, "online", online))), context);
            training.stage(1, "task1", ONE, 20, 0.05);
            training.open(SECOND);
            training.train(SECOND, TWO, 60, 0.01);
            var step = training.step(SECOND);
            var kept = training.learner().save();
            NDArray d = training.learner()
                    .trainable()
                    .get(0)
                    .value()
                    .sub(kept.tensors().get("0.anchor.prompt"));
            assertEquals(SECOND, step.stage());
            return d.square()
                    .mul(kept.tensors().get("0.importance.prompt"))
                    .sum()
                    .getFloat();
        }
    }

    private static float[] learned(double strength, boolean online) {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            Learner learner = strength < 0
                    ? context.part(Learner.class)
                    : context.start(ewc(Map.of("strength", strength, "online", online)));
            var training = new ToyTraining(learner, context);
            training.stage(1, "task1", ONE, 5, 0.05);
            training.stage(2, "task2", TWO, 5, 0.05);
            return learner.trainable().get(0).value().toFloatArray();
        }
    }

    @Test
    void everyTaskKeepsItsTermUnlessThereIsOneForAll() {
        assertEquals(new Footprint(36, 36 + 2 * 72, 0, 0), footprint(false));
        assertEquals(new Footprint(36, 36 + 72, 0, 0), footprint(true));
        assertNotEquals(learned(5, false)[0], learned(0, false)[0]);
    }

    private static Footprint footprint(boolean online) {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var training = new ToyTraining(context.start(ewc(Map.of("online", online))), context);
            training.stage(1, "task1", ONE, 1, 0.05);
            training.stage(2, "task2", TWO, 1, 0.05);
            return training.learner().footprint();
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void aFreshOneGoesOnFromASavedStateBitByBit(Supplier<ToyContext> learner) {
        LearnerContract.goesOn(learner, () -> ewc(Map.of()), 0.02);
        LearnerContract.goesOn(learner, () -> ewc(Map.of("online", true, "decay", 0.9)), 0.02);
    }

    @Test
    void aLearnerThatStartsAfreshIsRefused() {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var training = new ToyTraining(context.start(ewc(Map.of())), context);
            training.stage(1, "task1", ONE, 1, 0.05);
            var prompt = context.part(Learner.class).trainable().get(0).value();
            Autograd.noGrad(() -> prompt.addi(prompt.onesLike()));
            var refusal = assertThrows(KarutaException.class, () -> training.open(SECOND));
            assertTrue(
                    refusal.getMessage().contains("\"prompt\" does not start a stage as it ended"),
                    refusal.getMessage());
        }
    }

    @Test
    void aStageWithoutExamplesIsRefused() {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var ewc = context.start(ewc(Map.of()));
            var none = new ToyStageData(context, List.of());
            ewc.beginStage(SECOND, none);
            assertThrows(KarutaException.class, () -> ewc.endStage(SECOND, none));
            assertEquals(0, IntStream.of(ewc.save().tensors().size()).sum());
        }
    }
}
