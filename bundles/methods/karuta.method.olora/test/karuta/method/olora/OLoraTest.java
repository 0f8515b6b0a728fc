package karuta.method.olora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Footprint;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.api.State;
import karuta.kit.GradientCheck;
import karuta.kit.LearnerContract;
import karuta.kit.ReferenceArrays;
import karuta.kit.ToyContext;
import karuta.kit.ToyOptions;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTokens;
import karuta.kit.ToyTraining;
import karuta.method.olora.OLora.Options;
import karuta.tensor.Autograd;
import karuta.tensor.LoraLayer;
import karuta.tensor.StagedLora;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OLoraTest {

    private static final Stage SECOND = new Stage(2, List.of("task2"));
    private static final List<Sample> ONE = ToyTasks.samples(1, 6);
    private static final List<Sample> TWO = ToyTasks.samples(2, 6);
    private static final String[] TARGETS = {"v_proj", "down_proj"};

    private final ToyContext context = new ToyContext(1);

    @AfterEach
    void free() {
        context.close();
    }

    private static OLora olora(Map<String, Object> options) {
        var all = new HashMap<String, Object>(Map.of("rank", 3, "alpha", 6.0, "dropout", 0.0, "targets", TARGETS));
        all.putAll(options);
        return new OLora(ToyOptions.of(Options.class, all));
    }

    /** {@code releng/methods/olora.py}: two earlier tasks of rank 2, alpha 4. */
    @Test
    void theLayerAndTheOverlapAreTheReferences() {
        var reference = ReferenceArrays.read(Path.of("test/fixtures/olora.txt"), context.manager());
        NDArray oldA = NDArrays.concat(new NDList(reference.get("a.0"), reference.get("a.1")));
        NDArray oldB = NDArrays.concat(new NDList(reference.get("b.0"), reference.get("b.1")), 1);
        var adapters = new StagedLora(context, "test", List.of(new Linear("l", 6, 5)), 2, 4);
        adapters.load(new State(
                Map.of(
                        "l.lora_A.weight",
                        oldA,
                        "l.lora_B.weight",
                        oldB,
                        "l.open.lora_A.weight",
                        reference.get("a.2"),
                        "l.open.lora_B.weight",
                        reference.get("b.2")),
                Map.of("rank", "2", "alpha", "4.0")));
        near(reference.get("y"), added(adapters.inserts(), reference.get("x")));
        NDArray a = reference.get("a.2");
        a.setRequiresGradient(true);
        Supplier<NDArray> overlap =
                () -> OLora.overlap(new LoraLayer(oldA, oldB, 2), new LoraLayer(a, reference.get("b.2"), 2));
        assertEquals(reference.get("overlap").getFloat(), overlap.get().getFloat(), 1e-4f);
        near(reference.get("slope"), Autograd.gradients(overlap, List.of(a)).get(0));
        adapters.close();
        near(reference.get("y"), added(adapters.inserts(), reference.get("x"))); // nothing changes when a stage ends
    }

    private NDArray added(List<Insert> inserts, NDArray x) {
        return Autograd.noGrad(() -> inserts.stream()
                .map(insert -> ((Insert.Adapter) insert)
                        .delta()
                        .apply(x.expandDims(0), ToyTokens.of(context.manager()))
                        .squeeze(0))
                .reduce(NDArray::add)
                .orElseThrow());
    }

    private static void near(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        var largest = Math.max(1, expected.abs().max().getFloat());
        assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), 1e-5f * largest);
    }

    @Test
    void theTermsAreThoseOfAllLayers() {
        var olora = context.start(olora(Map.of("norm", 0.1)));
        var training = new ToyTraining(olora, context);
        assertEquals(
                Set.of("lm", "norm"), training.stage(1, "task1", ONE, 3, 0.02).keySet());
        training.open(SECOND, TWO);
        training.train(SECOND, TWO, 3, 0.02);
        var state = olora.save().tensors();
        var overlap = 0.0;
        var norms = 0.0;
        for (var name : state.keySet()) {
            if (name.endsWith(".open.lora_A.weight")) {
                var old = state.get(name.replace(".open", ""));
                overlap += old.matMul(state.get(name).transpose()).abs().sum().getFloat();
            }
            if (name.contains(".open.")) {
                norms += Math.sqrt(state.get(name).square().sum().getFloat());
            }
        }
        var terms = training.losses(training.batch(TWO), training.step(SECOND));
        assertEquals(0.5 * overlap, terms.get("orthogonality").getFloat(), 1e-4);
        assertEquals(0.1 * norms, terms.get("norm").getFloat(), 1e-4);
        assertEquals(
                4,
                state.keySet().stream()
                        .filter(name -> name.endsWith(".open.lora_A.weight"))
                        .count());
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        var olora = context.start(olora(Map.of("norm", 0.1)));
        var training = new ToyTraining(olora, context);
        training.stage(1, "task1", ONE, 10, 0.02);
        training.open(SECOND, TWO);
        training.train(SECOND, TWO, 10, 0.02);
        var batch = training.batch(TWO);
        var values = olora.trainable().stream().map(Parameter::value).toList();
        for (var term : List.of("lm", "norm")) {
            GradientCheck.steepest(
                    () -> training.losses(batch, training.step(SECOND)).get(term), values, 0.02);
        }
    }

    @Test
    void whatEarlierTasksLearnedIsNotTouched() {
        var olora = context.start(olora(Map.of()));
        var training = new ToyTraining(olora, context);
        training.stage(1, "task1", ONE, 10, 0.02);
        var before = numbers(olora);
        training.stage(2, "task2", TWO, 10, 0.02);
        var after = olora.save().tensors();
        before.forEach((name, values) -> {
            NDArray now = after.get(name);
            NDArray old = name.contains("lora_A") ? now.get(":3") : now.get(":, :3");
            assertArrayEquals(values, old.toFloatArray());
        });
        assertEquals(
                6,
                after.get("layers.0.self_attn.v_proj.lora_A.weight").getShape().get(0));
    }

    private static Map<String, float[]> numbers(OLora olora) {
        var numbers = new HashMap<String, float[]>();
        olora.save().tensors().forEach((name, value) -> numbers.put(name, value.toFloatArray()));
        return numbers;
    }

    @Test
    void theWeightKeepsSubspacesApart() {
        var apart = overlap(0.5);
        assertTrue(apart < overlap(0) / 4, apart + " of " + overlap(0));
    }

    private static double overlap(double weight) {
        try (var context = new ToyContext(1)) {
            var olora = context.start(olora(Map.of("orthogonality", weight)));
            var training = new ToyTraining(olora, context);
            training.stage(1, "task1", ONE, 20, 0.01);
            training.open(SECOND, TWO);
            training.train(SECOND, TWO, 60, 0.01);
            var state = olora.save().tensors();
            return Stream.of("layers.0.self_attn.v_proj", "layers.1.mlp.down_proj")
                    .mapToDouble(linear -> state.get(linear + ".lora_A.weight")
                            .matMul(state.get(linear + ".open.lora_A.weight").transpose())
                            .abs()
                            .sum()
                            .getFloat())
                    .sum();
        }
    }

    @Test
    void itLearnsATaskAndDropoutActsInTrainingOnly() {
        var olora = context.start(olora(Map.of("dropout", 0.5)));
        var training = new ToyTraining(olora, context);
        var losses = training.stage(1, "task1", ONE, 80, 0.02);
        assertTrue(losses.get("lm") < 1, losses.toString());
        training.open(SECOND, TWO);
        training.train(SECOND, TWO, 2, 0.02);
        var batch = training.batch(TWO);
        var one = training.losses(batch, training.step(SECOND)).get("lm").getFloat();
        var other = training.losses(batch, training.step(SECOND).fork("other"))
                .get("lm")
                .getFloat();
        assertTrue(one != other);
        assertEquals(
                IntStream.range(0, 6)
                        .mapToObj(i -> training.answer(ONE).get(i).text())
                        .toList(),
                training.answer(ONE).stream().map(answer -> answer.text()).toList());
    }

    @Test
    void aFreshOneGoesOnFromASavedStateBitByBit() {
        LearnerContract.goesOn(() -> new ToyContext(1), () -> olora(Map.of("dropout", 0.1)), 0.02);
        var training = new ToyTraining(context.start(olora(Map.of())), context);
        training.stage(1, "task1", ONE, 1, 0.02);
        var state = training.learner().save();
        for (var other : List.of(
                Map.<String, Object>of("rank", 2),
                Map.<String, Object>of("alpha", 1.0),
                Map.<String, Object>of("targets", new String[] {"v_proj"}),
                Map.<String, Object>of("targets", new String[] {"v_proj", "down_proj", "q_proj"}))) {
            assertThrows(
                    KarutaException.class, () -> context.start(olora(other)).load(state));
        }
    }

    @Test
    void everyTaskCostsAnAdapter() {
        var training = new ToyTraining(context.start(olora(Map.of())), context);
        var size = 3L * 2 * (12 + 12 + 24 + 12);
        assertEquals(Footprint.NONE, training.learner().footprint());
        training.stage(1, "task1", ONE, 1, 0.02);
        training.stage(2, "task2", TWO, 1, 0.02);
        assertEquals(new Footprint(size, 2 * size, 0, 0), training.learner().footprint());
    }

    @Test
    void aRankAboveTheLayersWidthIsRefused() {
        var refusal = assertThrows(KarutaException.class, () -> context.start(olora(Map.of("rank", 13))));
        assertTrue(refusal.getMessage().contains("is only 12 wide"), refusal.getMessage());
    }
}
