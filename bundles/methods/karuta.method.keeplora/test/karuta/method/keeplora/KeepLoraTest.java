package karuta.method.keeplora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Answer;
import karuta.api.Batch;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.api.State;
import karuta.kit.GradientCheck;
import karuta.kit.LearnerContract;
import karuta.kit.ToyContext;
import karuta.kit.ToyStageData;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTokens;
import karuta.kit.ToyTraining;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Targets;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeepLoraTest {

    private static final List<String> TARGETS = List.of("v_proj", "up_proj", "down_proj");
    private static final String LINEAR = "layers.1.mlp.down_proj";
    private static final Stage FIRST = new Stage(1, List.of("task1"));
    private static final Stage SECOND = new Stage(2, List.of("task2"));
    private static final List<Sample> ONE = ToyTasks.samples(1, 8);
    private static final List<Sample> TWO = ToyTasks.samples(2, 8);

    private final ToyContext context = new ToyContext(3);
    private final KeepLora learner = context.start(new KeepLora(settings(3, true)));
    private final ToyTraining training = new ToyTraining(learner, context);

    private static Settings settings(int rank, boolean gradientStart) {
        return new Settings(rank, rank, 0.3, 0.7, 0.5, 4, gradientStart, TARGETS);
    }

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void theProbeFindsTheGradientOfTheWeight() {
        training.stage(1, "task1", ONE, 3, 0.02); // so that adapters are among what is differentiated through
        var linears = context.backbone().spec().linears().stream()
                .filter(linear -> linear.name().equals(LINEAR))
                .toList();
        var data = new ToyStageData(context, TWO);
        var places = new int[] {0, 5};
        NDArray gradient = new FullGradient(context, learner::prompt)
                .of(linears, data, places)
                .get(0);
        assertEquals(context.backbone().weight(LINEAR).getShape(), gradient.getShape());
        NDArray change = context.manager().zeros(gradient.getShape());
        change.setRequiresGradient(true);
        var insert = new Insert.Adapter(LINEAR, (x, tokens) -> Ops.linear(x, change));
        Supplier<NDArray> mean =
                () -> Ops.scale(loss(data.batch(0, 1), insert).add(loss(data.batch(5, 6), insert)), 0.5);
        GradientCheck.holds(mean, change, 0.02); // moves the weight: what is added to it is one with it
        var direct = Autograd.gradients(mean, List.of(change)).get(0);
        assertArrayEquals(direct.toFloatArray(), gradient.toFloatArray(), 1e-5f);
    }

    private NDArray loss(Batch batch, Insert insert) {
        var prompted = learner.prompt(batch.inputs()).stream()
                .map(sample -> new PromptedInput(
                        sample.input(),
                        Stream.concat(sample.inserts().stream(), Stream.of(insert))
                                .toList()))
                .toList();
        return Forward.of(context.backbone(), batch, prompted).output().loss();
    }

    @Test
    void gradientsOfBAreThoseOfFiniteDifferences() {
        training.stage(1, "task1", ONE, 3, 0.02);
        training.open(SECOND, TWO);
        var parameters = learner.trainable();
        var batch = training.batch(TWO);
        for (var parameter : learner.trainable()) {
            GradientCheck.holds(
                    () -> Forward.of(context.backbone(), learner, batch)
                            .output()
                            .loss(),
                    parameter.value(),
                    0.02);
        }
    }

    @Test
    void itLearnsATask() {
        var losses = training.stage(1, "task1", ONE, 80, 0.03);
        assertTrue(losses.get("lm") < 0.5, "loss " + losses);
    }

    @Test
    void onlyBIsTrained() {
        training.open(FIRST, ONE);
        assertTrue(learner.trainable().stream()
                .allMatch(parameter -> parameter.name().endsWith("lora_B.weight")));
        assertEquals(6, learner.trainable().size());
        var before = numbers(learner);
        training.train(FIRST, ONE, 3, 0.02);
        var after = numbers(learner);
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, values) ->
                assertEquals(name.endsWith(".open.lora_B.weight"), !values.equals(after.get(name)), name));
    }

    @Test
    void mIsOrthonormalAndGrowsAndAIsOutsideOfIt() {
        training.stage(1, "task1", ONE, 5, 0.02);
        training.open(SECOND, TWO);
        var state = learner.save().tensors();
        state.forEach((name, m) -> {
            if (name.endsWith(".M")) {
                var k = (int) m.getShape().get(0);
                assertArrayEquals(
                        context.manager().eye(k).toFloatArray(),
                        m.matMul(m.transpose()).toFloatArray(),
                        1e-5f,
                        name);
                NDArray a = state.get(name.replace(".M", ".open.lora_A.weight"));
                assertTrue(a.matMul(m.transpose()).abs().max().getFloat() < 1e-5, name);
                NDArray w = context.backbone().weight(name.substring(0, name.length() - 2));
                assertTrue(k > Subspace.principal(w, 0.3).m().getShape().get(0), name + " did not grow");
            }
        });
    }

    @Test
    void mHasItsShareOfTheGradientOfTheMergedModel() {
        training.stage(1, "task1", ONE, 20, 0.05);
        var data = new ToyStageData(context, ONE);
        var targets = Targets.among(context.backbone().spec().linears(), TARGETS);
        var gradients = new FullGradient(context, learner::prompt).of(targets, data, FullGradient.examples(data, 0.5));
        for (var i = 0; i < targets.size(); i++) {
            NDArray g = gradients.get(i);
            NDArray m = learner.save().tensors().get(targets.get(i).name() + ".M");
            var share = g.matMul(m.transpose()).square().sum().getFloat()
                    / g.square().sum().getFloat();
            assertTrue(share > 0.7 - 1e-4, targets.get(i).name() + " has " + share);
        }
    }

    @Test
    void aNewAdapterAddsNothingToInputsInTheSpanOfM() {
        training.stage(1, "task1", ONE, 5, 0.02);
        training.open(SECOND, TWO);
        NDArray m = learner.save().tensors().get(LINEAR + ".M");
        var draws = Tensors.of(
                context.manager(),
                RandomStream.of(1, "x").normals(4 * (int) m.getShape().get(0)),
                new Shape(1, 4, m.getShape().get(0)));
        NDArray taken = draws.matMul(m);
        NDArray free = Tensors.of(context.manager(), RandomStream.of(2, "x").normals(4 * 24), new Shape(1, 4, 24));
        var before = added(taken);
        var beforeFree = added(free);
        training.train(SECOND, TWO, 20, 0.05);
        assertArrayEquals(before, added(taken), 1e-5f);
        assertFalse(Arrays.equals(beforeFree, added(free)));
    }

    /** What all adapters of a layer add to its output. */
    private float[] added(NDArray x) {
        return Autograd.noGrad(() -> learner.prompt(training.batch(ONE).inputs()).get(0).inserts().stream()
                .map(Insert.Adapter.class::cast)
                .filter(adapter -> adapter.linear().equals(LINEAR))
                .map(adapter -> adapter.delta().apply(x, ToyTokens.of(context.manager())))
                .reduce(NDArray::add)
                .orElseThrow()
                .toFloatArray());
    }

    @Test
    void aStageStartsWhereTheLastOneEndedAndNothingChangesWhenItEnds() {
        var plain = logits();
        training.open(FIRST, ONE);
        assertArrayEquals(plain, logits(), 1e-4f);
        training.train(FIRST, ONE, 5, 0.02);
        var learned = logits();
        assertTrue(IntStream.range(0, plain.length).anyMatch(i -> Math.abs(plain[i] - learned[i]) > 0.1));
        training.close(FIRST, ONE);
        assertArrayEquals(learned, logits(), 1e-4f);
        training.open(SECOND, TWO);
        assertArrayEquals(learned, logits(), 1e-4f);
        training.train(SECOND, TWO, 5, 0.02);
        var both = logits();
        training.close(SECOND, TWO);
        assertArrayEquals(both, logits(), 1e-4f);
    }

    private float[] logits() {
        return Autograd.noGrad(() -> Forward.of(context.backbone(), learner, training.batch(ONE))
                .output()
                .logits()
                .toFloatArray());
    }

    @Test
    void withoutWeightDecayBothStartsGoTheSameWay() {
        var zero = context.start(new KeepLora(settings(3, false)));
        training.stage(1, "task1", ONE, 10, 0.02);
        new ToyTraining(zero, context).stage(1, "task1", ONE, 10, 0.02);
        var ours = learner.save().tensors();
        var theirs = zero.save().tensors();
        for (var name : List.of(".lora_A.weight", ".lora_B.weight")) {
            assertArrayEquals(
                    theirs.get(LINEAR + name).toFloatArray(),
                    ours.get(LINEAR + name).toFloatArray(),
                    2e-3f,
                    name);
        }
    }

    @Test
    void aFreshOneGoesOnFromAKeptStateInAndBetweenStages() {
        training.stage(1, "task1", ONE, 4, 0.02);
        goesOn();
        training.open(SECOND, TWO);
        training.train(SECOND, TWO, 3, 0.02);
        var fresh = goesOn();
        training.close(SECOND, TWO);
        fresh.close(SECOND, TWO);
        assertEquals(numbers(learner), numbers((KeepLora) fresh.learner()));
    }

    private ToyTraining goesOn() {
        var fresh = context.start(new KeepLora(settings(3, true)));
        fresh.load(learner.save());
        assertEquals(numbers(learner), numbers(fresh));
        assertEquals(learner.footprint(), fresh.footprint());
        assertEquals(learner.save().metadata(), fresh.save().metadata());
        var again = new ToyTraining(fresh, context);
        assertEquals(
                training.answer(ONE).stream().map(Answer::text).toList(),
                again.answer(ONE).stream().map(Answer::text).toList());
        return again;
    }

    @Test
    void aStateOfOtherOptionsIsRefused() {
        training.stage(1, "task1", ONE, 1, 0.02);
        var state = learner.save();
        refuses(settings(2, true), state, "was made with alpha: 3.0, and this run has alpha: 2.0");
        refuses(new Settings(3, 3, 0.3, 0.7, 0.5, 4, true, List.of("v_proj")), state, "more than this run's targets");
        refuses(
                new Settings(3, 3, 0.3, 0.7, 0.5, 4, true, List.of("q_proj")),
                state,
                "has no layers.0.self_attn.q_proj.M");
        refuses(settings(3, true), new State(state.tensors(), Map.of()), "has no metadata alpha");
    }

    private void refuses(Settings settings, State state, String why) {
        var other = context.start(new KeepLora(settings));
        var refusal =
                assertThrows(KarutaException.class, () -> other.load(state)).getMessage();
        assertTrue(refusal.contains(why), refusal);
    }

    @Test
    void itCostsItsAdaptersAndWhatIsTaken() {
        assertEquals(Footprint.NONE, learner.footprint());
        training.stage(1, "task1", ONE, 1, 0.02);
        var outs = 2 * (12 + 24 + 12);
        var ins = 2 * (12 + 12 + 24);
        assertEquals(new Footprint(3L * outs, 3L * (outs + ins) + taken(), 0, 0), learner.footprint());
        training.stage(2, "task2", TWO, 1, 0.02);
        assertEquals(new Footprint(3L * outs, 6L * (outs + ins) + taken(), 0, 0), learner.footprint());
    }

    private long taken() {
        return learner.save().tensors().entrySet().stream()
                .filter(tensor -> tensor.getKey().endsWith(".M"))
                .mapToLong(tensor -> tensor.getValue().size())
                .sum();
    }

    @Test
    void gradientsTakenTogetherOrOneByOneAreTheSame() {
        var one = context.start(new KeepLora(new Settings(3, 3, 0.3, 0.7, 0.5, 1, true, TARGETS)));
        training.open(FIRST, ONE);
        new ToyTraining(one, context).open(FIRST, ONE);
        assertEquals(numbers(learner), numbers(one));
    }

    @Test
    void aStageWithoutExamplesIsRefused() {
        assertThrows(KarutaException.class, () -> training.open(FIRST));
    }

    private static Map<String, List<Float>> numbers(KeepLora learner) {
        var numbers = new HashMap<String, List<Float>>();
        learner.save().tensors().forEach((name, tensor) -> {
            var floats = tensor.toFloatArray();
            numbers.put(
                    name,
                    IntStream.range(0, floats.length).mapToObj(i -> floats[i]).toList());
        });
        return numbers;
    }

    @Test
    void aFreshOneGoesOnBetweenStagesAndWithinOneBitByBit() {
        LearnerContract.goesOn(() -> new ToyContext(3), () -> new KeepLora(settings(3, true)), 0.02);
    }
}
