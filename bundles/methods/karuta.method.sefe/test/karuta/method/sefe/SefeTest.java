package karuta.method.sefe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import karuta.api.Footprint;
import karuta.api.Forward;
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
import karuta.kit.ToyTraining;
import karuta.method.sefe.Sefe.Options;
import karuta.tensor.Autograd;
import karuta.tensor.LoraLayer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SefeTest {

    private static final Stage SECOND = new Stage(2, List.of("task2"));
    private static final List<Sample> ONE = ToyTasks.samples(1, 6);
    private static final List<Sample> TWO = ToyTasks.samples(2, 6);
    private static final String LINEAR = "layers.1.mlp.down_proj";

    private final ToyContext context = new ToyContext(1);

    @AfterEach
    void free() {
        context.close();
    }

    private static Sefe sefe(Map<String, Object> options) {
        var all = new HashMap<String, Object>(
                Map.of("rank", 3, "alpha", 6.0, "dropout", 0.0, "targets", new String[] {"v_proj", "down_proj"}));
        all.putAll(options);
        return new Sefe(ToyOptions.of(Options.class, all));
    }

    /** {@code releng/methods/sefe.py}: two earlier tasks, a tenth of 9 x 10 elements. */
    @Test
    void keyElementsAndTheTermAreTheReferences() {
        var reference = ReferenceArrays.read(Path.of("test/fixtures/sefe.txt"), context.manager());
        var places = Autograd.noGrad(() ->
                KeyElements.largest(pair(reference, 0), 0.1).concat(KeyElements.largest(pair(reference, 1), 0.1)));
        var expected = reference.get("keys").toFloatArray();
        assertArrayEquals(expected, places.toType(DataType.FLOAT32, true).toFloatArray());
        var now = pair(reference, 2);
        now.a().setRequiresGradient(true);
        now.b().setRequiresGradient(true);
        Supplier<NDArray> term = () -> KeyElements.size(now, places);
        assertEquals(reference.get("term").getFloat(), term.get().getFloat(), 1e-5f);
        var slopes = Autograd.gradients(term, List.of(now.a(), now.b()));
        assertArrayEquals(reference.get("slope.a").toFloatArray(), slopes.get(0).toFloatArray(), 1e-5f);
        assertArrayEquals(reference.get("slope.b").toFloatArray(), slopes.get(1).toFloatArray(), 1e-5f);
    }

    private static LoraLayer pair(Map<String, NDArray> reference, int task) {
        return new LoraLayer(reference.get("a." + task), reference.get("b." + task), 1);
    }

    @Test
    void theTermIsTheMeanOverLayers() {
        var sefe = context.start(sefe(Map.of("share", 0.05)));
        var training = new ToyTraining(sefe, context);
        assertEquals(Set.of("lm"), training.stage(1, "task1", ONE, 5, 0.02).keySet());
        training.open(SECOND, TWO);
        training.train(SECOND, TWO, 5, 0.02);
        var state = sefe.save().tensors();
        var means = state.keySet().stream()
                .filter(name -> name.endsWith(".keys"))
                .map(name -> name.substring(0, name.length() - 5))
                .mapToDouble(linear -> {
                    var product = product(state, linear + ".open");
                    return Arrays.stream(state.get(linear + ".keys").toLongArray())
                            .mapToDouble(place -> Math.abs(product[(int) place]))
                            .average()
                            .orElseThrow();
                })
                .toArray();
        assertEquals(4, means.length);
        var term = training.losses(training.batch(TWO), training.step(SECOND))
                .get("keys")
                .getFloat();
        assertEquals(2500 * DoubleStream.of(means).average().orElseThrow(), term, 1e-4 * term);
    }

    private static float[] product(Map<String, NDArray> state, String place) {
        return Autograd.noGrad(() -> state.get(place + ".lora_B.weight")
                .matMul(state.get(place + ".lora_A.weight"))
                .toFloatArray());
    }

    @Test
    void slopesAreThoseOfFiniteDifferences() {
        var sefe = context.start(sefe(Map.of()));
        var training = new ToyTraining(sefe, context);
        training.stage(1, "task1", ONE, 10, 0.02);
        training.open(SECOND, TWO);
        training.train(SECOND, TWO, 3, 0.05);
        var batch = training.batch(TWO);
        var values = sefe.trainable().stream().map(Parameter::value).toList();
        GradientCheck.steepest(
                () -> training.losses(batch, training.step(SECOND)).get("lm"), values, 0.02);
    }

    @Test
    void keyElementsAreLeftAloneAndOthersAreNot() {
        var held = moved(2500);
        var free = moved(0);
        assertTrue(held[0] < free[0] / 3, "key elements moved by " + held[0] + " instead of " + free[0]);
        assertTrue(held[1] > free[1] / 4, "all elements moved by " + held[1] + " instead of " + free[1]);
    }

    /** Mean size of the second task's product at the first one's key elements, and everywhere. */
    private static double[] moved(double weight) {
        try (var context = new ToyContext(1)) {
            var sefe = context.start(sefe(Map.of("weight", weight, "share", 0.02)));
            var training = new ToyTraining(sefe, context);
            training.stage(1, "task1", ONE, 20, 0.02);
            training.open(SECOND, TWO);
            training.train(SECOND, TWO, 100, 0.01);
            var state = sefe.save().tensors();
            var product = product(state, LINEAR + ".open");
            var keys = Arrays.stream(state.get(LINEAR + ".keys").toLongArray())
                    .mapToDouble(place -> Math.abs(product[(int) place]))
                    .average()
                    .orElseThrow();
            var all = 0.0;
            for (var number : product) {
                all += Math.abs(number) / product.length;
            }
            return new double[] {keys, all};
        }
    }

    @Test
    void aStageStartsWhereTheLastOneEnded() {
        var sefe = context.start(sefe(Map.of()));
        var training = new ToyTraining(sefe, context);
        training.stage(1, "task1", ONE, 10, 0.02);
        var before = logits(training);
        training.open(SECOND, TWO);
        assertArrayEquals(before, logits(training), 1e-5f);
        training.train(SECOND, TWO, 5, 0.02);
        var learned = logits(training);
        training.close(SECOND, TWO);
        assertArrayEquals(learned, logits(training), 1e-4f);
    }

    private float[] logits(ToyTraining training) {
        return Autograd.noGrad(() -> Forward.of(context.backbone(), training.learner(), training.batch(ONE))
                .output()
                .logits()
                .toFloatArray());
    }

    @Test
    void aFreshOneGoesOnFromASavedStateBitByBit() {
        LearnerContract.goesOn(() -> new ToyContext(1), () -> sefe(Map.of("dropout", 0.1)), 0.02);
    }

    @Test
    void keyElementsAreCountedAndARankAboveTheWidthIsRefused() {
        var training = new ToyTraining(context.start(sefe(Map.of())), context);
        var size = 3L * 2 * (12 + 12 + 24 + 12);
        training.stage(1, "task1", ONE, 1, 0.02);
        assertEquals(
                new Footprint(size, size + 2 * (2 + 5), 0, 0),
                training.learner().footprint()); // 2 % of 144 and of 288
        assertThrows(KarutaException.class, () -> context.start(sefe(Map.of("rank", 13))));
    }
}
