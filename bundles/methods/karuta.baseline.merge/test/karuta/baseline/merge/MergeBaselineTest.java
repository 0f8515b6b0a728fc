package karuta.baseline.merge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Footprint;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.baseline.lora.LoraBaseline;
import karuta.baseline.merge.MergeBaseline.Options;
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
import org.junit.jupiter.params.provider.ValueSource;

class MergeBaselineTest {

    private static final List<Sample> ONE = ToyTasks.samples(1, 6);
    private static final List<Sample> TWO = ToyTasks.samples(2, 6);
    private static final Stage FIRST = new Stage(1, List.of("task1"));
    private static final Stage SECOND = new Stage(2, List.of("task2"));

    static Stream<Supplier<ToyContext>> learners() {
        return Stream.of(
                () -> new ToyContext(1).over(ToyLearner::new),
                MergeBaselineTest::lora,
                () -> LearnerContract.playing(PromptLearner::new));
    }

    private static ToyContext lora() {
        return new ToyContext(1)
                .over(() -> new LoraBaseline(ToyOptions.of(
                        LoraBaseline.Options.class,
                        Map.of("rank", 2, "targets", new String[] {"v_proj", "down_proj"}))));
    }

    private static MergeBaseline merge(Map<String, Object> options) {
        return new MergeBaseline(ToyOptions.of(Options.class, options));
    }

    private static Rule rule(String name) {
        return switch (name) {
            case "average" -> Rule.average();
            case "ema" -> Rule.moving(0.9);
            case "arithmetic" -> Rule.arithmetic(0.7);
            case "ties" -> Rule.ties(0.2, 0.7);
            default -> Rule.largest(0.7);
        };
    }

    /** {@code releng/methods/merge.py}: three stages of a parameter in two parts, and of an adapter of rank 2. */
    @ParameterizedTest
    @ValueSource(strings = {"average", "ema", "arithmetic", "magmax", "ties"})
    void everyRuleIsTheReferences(String name) {
        try (var context = new ToyContext(1)) {
            var reference = ReferenceArrays.read(Path.of("test/fixtures/merge.txt"), context.manager());
            var parameters = List.of(
                    new Parameter("x", context.keep(reference.get("first").get(":12"))),
                    new Parameter("y", context.keep(reference.get("first").get("12:"))));
            var ends = IntStream.range(0, 3)
                    .mapToObj(i -> reference.get("end." + i))
                    .map(end -> new ParameterSnapshot(Map.of("x", end.get(":12"), "y", end.get("12:"))))
                    .toList();
            merged(name, parameters, ends);
            var expected = reference.get(name);
            near(expected.get(":12"), parameters.get(0).value());
            near(expected.get("12:"), parameters.get(1).value());

            var a = new Parameter("l.lora_A.weight", context.keep(reference.get("a.first")));
            var b = new Parameter("l.lora_B.weight", context.keep(reference.get("b.first")));
            var adapters = IntStream.range(0, 3)
                    .mapToObj(i -> new ParameterSnapshot(
                            Map.of(a.name(), reference.get("a.end." + i), b.name(), reference.get("b.end." + i))))
                    .toList();
            merged(name, List.of(a, b), adapters);
            near(reference.get("product." + name), b.value().matMul(a.value()));
        }
    }

    private static void merged(String name, List<Parameter> parameters, List<ParameterSnapshot> ends) {
        var start = new ParameterSnapshot(Map.copyOf(parameters.stream()
                .collect(Collectors.toMap(
                        Parameter::name, parameter -> parameter.value().duplicate()))));
        var space = Space.of(parameters, true);
        Autograd.noGrad(() -> {
            space.write(
                    start,
                    rule(name)
                            .merged(ends.stream()
                                    .map(end -> space.way(start, end))
                                    .toList()));
            return space;
        });
    }

    private static void near(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), 1e-5f);
    }

    @Test
    void whatStaysIsWhatTheRuleSaysAndTheNextStageGoesOnFromItsOwn() {
        starts("magmax", "published", "end.0.");
        starts("average", "published", "end.0.");
        starts("ties", "published", "first.");
        starts("arithmetic", "published", "first.");
        starts("magmax", "initial", "first.");
        starts("average", "merged", "merged.");
        starts("arithmetic", "own", "end.0.");
    }

    private static void starts(String rule, String start, String where) {
        try (var context = lora()) {
            var merge = context.start(merge(Map.of("rule", rule, "start", start, "scale", 0.5, "of", "factors")));
            var training = new ToyTraining(merge, context);
            training.stage(1, "task1", ONE, 5, 0.02);
            var left = merge.save().tensors();
            for (var parameter : merge.trainable()) {
                assertArrayEquals(
                        left.get("merged." + parameter.name()).toFloatArray(),
                        parameter.value().toFloatArray());
                var from = left.get("first." + parameter.name()).toFloatArray();
                var to = left.get("end.0." + parameter.name()).toFloatArray();
                var share = rule.equals("average") ? 1f : 0.5f;
                if (!rule.equals("ties")) {
                    for (var i = 0; i < from.length; i++) {
                        assertEquals(
                                from[i] + share * (to[i] - from[i]),
                                parameter.value().toFloatArray()[i],
                                1e-6f);
                    }
                }
            }
            training.open(SECOND, TWO);
            for (var parameter : merge.trainable()) {
                assertArrayEquals(
                        left.get(where + parameter.name()).toFloatArray(),
                        parameter.value().toFloatArray());
            }
        }
    }

    @Test
    void afterOneStageTheMergedAdapterIsTheLearnedOneThoughInOtherFactors() {
        for (var rule : List.of("average", "ema", "arithmetic", "magmax")) {
            try (var context = lora()) {
                var merge = context.start(merge(Map.of("rule", rule)));
                var training = new ToyTraining(merge, context);
                training.open(FIRST, ONE);
                training.train(FIRST, ONE, 20, 0.02);
                var before = logits(training);
                training.close(FIRST, ONE);
                assertArrayEquals(before, logits(training), 1e-3f);
            }
        }
    }

    private static float[] logits(ToyTraining training) {
        return Autograd.noGrad(() -> training.forward(training.batch(ONE), training.step(FIRST)))
                .output()
                .logits()
                .toFloatArray();
    }

    @Test
    void theSecondStageOfTheLearnerAloneIsThatUnderTheWrapper() {
        try (var alone = lora();
                var under = lora()) {
            var merge = under.start(merge(Map.of("rule", "magmax")));
            var merged = new ToyTraining(merge, under);
            var plain = new ToyTraining(alone.part(Learner.class), alone);
            merged.stage(1, "task1", ONE, 5, 0.02);
            plain.stage(1, "task1", ONE, 5, 0.02);
            merged.open(SECOND, TWO);
            plain.open(SECOND, TWO);
            assertEquals(plain.train(SECOND, TWO, 5, 0.02), merged.train(SECOND, TWO, 5, 0.02));
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void aFreshOneGoesOnFromASavedStateBitByBit(Supplier<ToyContext> learner) {
        for (var rule : List.of("average", "ema", "arithmetic", "magmax", "ties")) {
            LearnerContract.goesOn(learner, () -> merge(Map.of("rule", rule)), 0.02);
        }
    }

    @Test
    void everyStageIsKeptAndALearnerThatStartsAfreshIsRefused() {
        try (var context = new ToyContext(1).over(ToyLearner::new)) {
            var training = new ToyTraining(context.start(merge(Map.of())), context);
            training.stage(1, "task1", ONE, 1, 0.05);
            training.stage(2, "task2", TWO, 1, 0.05);
            assertEquals(new Footprint(36, 36 * 5, 0, 0), training.learner().footprint());
            var prompt = training.learner().trainable().get(0).value();
            Autograd.noGrad(() -> prompt.addi(prompt.onesLike()));
            assertThrows(KarutaException.class, () -> training.open(new Stage(3, List.of("task3"))));
        }
    }
}
