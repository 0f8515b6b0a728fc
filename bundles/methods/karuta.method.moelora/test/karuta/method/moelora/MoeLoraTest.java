package karuta.method.moelora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import karuta.api.Answer;
import karuta.api.Footprint;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.kit.GradientCheck;
import karuta.kit.LearnerContract;
import karuta.kit.ReferenceArrays;
import karuta.kit.ToyContext;
import karuta.kit.ToyOptions;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTokens;
import karuta.kit.ToyTraining;
import karuta.method.moelora.MoeLora.Options;
import karuta.tensor.Autograd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MoeLoraTest {

    private static final Stage FIRST = new Stage(1, List.of("task1"));
    private static final Stage SECOND = new Stage(2, List.of("task2"));
    private static final List<Sample> ONE = ToyTasks.samples(1, 6);
    private static final List<Sample> TWO = ToyTasks.samples(2, 6);

    private final ToyContext context = new ToyContext(1);

    @AfterEach
    void free() {
        context.close();
    }

    private static MoeLora moelora(Map<String, Object> options) {
        var all = new HashMap<String, Object>(Map.of(
                "rank", 6, "alpha", 12.0, "experts", 3, "dropout", 0.0, "targets", new String[] {"v_proj", "up_proj"}));
        all.putAll(options);
        return new MoeLora(ToyOptions.of(Options.class, all));
    }

    /** {@code releng/methods/moelora.py}: three experts of rank 2, alpha 12, four tokens. */
    @Test
    void theLayerAndItsSlopesAreTheReferences() {
        var reference = ReferenceArrays.read(Path.of("test/fixtures/moelora.txt"), context.manager());
        var weights = List.of("router", "a", "b");
        var values = weights.stream().map(reference::get).toList();
        values.forEach(value -> value.setRequiresGradient(true));
        var experts = new Experts(values.get(0), values.get(1), values.get(2), 2, 0, 0);
        NDArray x = reference.get("x").expandDims(0);
        Supplier<NDArray> y =
                () -> experts.apply(x, ToyTokens.of(context.manager())).squeeze(0);
        near(reference.get("y"), Autograd.noGrad(y));
        var slopes = Autograd.gradients(() -> y.get().mul(reference.get("pull")).sum(), values);
        for (var i = 0; i < 3; i++) {
            near(reference.get("slope." + weights.get(i)), slopes.get(i));
        }
        for (var token = 0; token < 4; token++) {
            NDArray alone = x.get(":, " + token + ":" + (token + 1));
            near(
                    reference.get("y").get(token),
                    Autograd.noGrad(() -> experts.apply(alone, ToyTokens.of(context.manager())))
                            .flatten());
        }
    }

    private static void near(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        var largest = Math.max(1, expected.abs().max().getFloat());
        assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), 1e-5f * largest);
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        var training = new ToyTraining(context.start(moelora(Map.of())), context);
        training.stage(1, "task1", ONE, 10, 0.02);
        training.open(SECOND, TWO);
        var batch = training.batch(TWO);
        var values =
                training.learner().trainable().stream().map(Parameter::value).toList();
        GradientCheck.steepest(
                () -> training.losses(batch, training.step(SECOND)).get("lm"), values, 0.02);
    }

    @Test
    void allIsTrainedAndTheNextTaskGoesOnWithIt() {
        var training = new ToyTraining(context.start(moelora(Map.of())), context);
        var losses = training.stage(1, "task1", ONE, 80, 0.02);
        assertTrue(losses.get("lm") < 0.5, losses.toString());
        var before = training.learner().trainable();
        training.open(SECOND, TWO);
        var now = training.learner().trainable();
        assertEquals(12, now.size());
        for (var i = 0; i < now.size(); i++) {
            assertArrayEquals(
                    before.get(i).value().toFloatArray(), now.get(i).value().toFloatArray());
        }
        training.gradients(SECOND, TWO).forEach((name, largest) -> assertTrue(largest > 0, name + " got none"));
    }

    @Test
    void itStartsAsPublishedAndAddsNothingYet() {
        var training = new ToyTraining(context.start(moelora(Map.of("rank", 36, "experts", 3))), context);
        var plain = texts(training);
        training.open(FIRST, ONE);
        assertEquals(plain, texts(training));
        for (var parameter : training.learner().trainable()) {
            var deviation = Math.sqrt(parameter.value().square().mean().getFloat());
            var expected = parameter.name().endsWith(".experts_A")
                    ? 0.01
                    : parameter.name().endsWith(".router") ? 1 / Math.sqrt(3 * 12) : 0;
            assertEquals(expected, deviation, 0.2 * expected, parameter.name());
        }
    }

    private static List<String> texts(ToyTraining training) {
        return training.answer(ONE).stream().map(Answer::text).toList();
    }

    @Test
    void dropoutActsInTrainingOnly() {
        var training = new ToyTraining(context.start(moelora(Map.of("dropout", 0.5))), context);
        training.stage(1, "task1", ONE, 10, 0.02);
        training.open(SECOND, TWO);
        var batch = training.batch(TWO);
        var step = training.step(SECOND);
        var one = training.losses(batch, step).get("lm").getFloat();
        assertEquals(one, training.losses(batch, step).get("lm").getFloat());
        assertNotEquals(
                one, training.losses(batch, step.fork("other")).get("lm").getFloat());
        assertEquals(texts(training), texts(training));
    }

    @Test
    void aFreshOneGoesOnFromASavedStateBitByBit() {
        LearnerContract.goesOn(() -> new ToyContext(1), () -> moelora(Map.of("dropout", 0.1)), 0.02);
        var training = new ToyTraining(context.start(moelora(Map.of())), context);
        training.stage(1, "task1", ONE, 1, 0.02);
        var state = training.learner().save();
        for (var other : List.of(
                Map.<String, Object>of("rank", 3),
                Map.<String, Object>of("alpha", 1.0),
                Map.<String, Object>of("experts", 2),
                Map.<String, Object>of("targets", new String[] {"v_proj"}),
                Map.<String, Object>of("targets", new String[] {"v_proj", "up_proj", "q_proj"}))) {
            assertThrows(
                    KarutaException.class, () -> context.start(moelora(other)).load(state));
        }
    }

    @Test
    void itsCostIsThatOfExpertsAndRouters() {
        var training = new ToyTraining(context.start(moelora(Map.of())), context);
        training.stage(1, "task1", ONE, 1, 0.02);
        var size = 2L * ((3 + 6) * 12 + 6 * 12 + (3 + 6) * 12 + 6 * 24);
        assertEquals(new Footprint(size, size, 0, 0), training.learner().footprint());
    }

    @Test
    void ranksThatCannotBeSharedOrAreAboveTheWidthAreRefused() {
        var uneven = assertThrows(KarutaException.class, () -> moelora(Map.of("rank", 7)));
        assertTrue(uneven.getMessage().contains("is no multiple of \"experts\": 3"), uneven.getMessage());
        context.start(moelora(Map.of("rank", 36)));
        assertThrows(KarutaException.class, () -> context.start(moelora(Map.of("rank", 39))));
    }
}
