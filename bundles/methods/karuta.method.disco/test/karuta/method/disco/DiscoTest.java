package karuta.method.disco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Forward;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.Insert.Adapter;
import karuta.api.KarutaException;
import karuta.api.PromptPool;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.kit.AdapterContract;
import karuta.kit.LearnerContract;
import karuta.kit.ReferenceArrays;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import karuta.kit.ToyOptions;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTokens;
import karuta.kit.ToyTraining;
import karuta.prompt.PromptLearner;
import karuta.tensor.Autograd;
import karuta.tensor.LoraLayer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoTest {

    private static final Stage SECOND = new Stage(2, List.of("task2"));
    private static final List<Sample> ONE = ToyTasks.samples(1, 6);
    private static final List<Sample> TWO = ToyTasks.samples(2, 6);
    private static final List<String> LINEARS = List.of("layers.0.self_attn.v_proj", "layers.1.self_attn.v_proj");

    private final ToyContext context = new ToyContext(1);

    @AfterEach
    void free() {
        context.close();
    }

    private static DiscoPool pool(int rank) {
        return new DiscoPool(
                ToyOptions.of(DiscoPool.Options.class, Map.of("rank", rank, "targets", new String[] {"v_proj"})));
    }

    private static DiscoSelector selector() {
        return new DiscoSelector(ToyOptions.defaults(DiscoSelector.Options.class));
    }

    private static DiscoFusion fusion() {
        return new DiscoFusion(ToyOptions.defaults(DiscoFusion.Options.class));
    }

    private static ToyContext run() {
        return new ToyContext(1)
                .with(PromptPool.class, pool(3))
                .with(Selector.class, selector())
                .with(Fusion.class, fusion());
    }

    /** {@code releng/methods/disco.py}: three tasks, two queries without an image. */
    @Test
    void weightsAndWhatEveryLayerAddsAreTheReferences() {
        var reference = ReferenceArrays.read(Path.of("test/fixtures/disco.txt"), context.manager());
        var list = IntStream.range(0, 3)
                .mapToObj(i -> {
                    var pair = new LoraLayer(reference.get("a." + i), reference.get("b." + i), 2);
                    return new Card(
                            "task" + i,
                            Optional.of("task" + i),
                            false,
                            Map.of(Guidance.TEXT, reference.get("mean." + i).expandDims(0)),
                            List.of(new Adapter(LINEARS.get(0), pair), new Adapter(LINEARS.get(1), pair)));
                })
                .toList();
        var cards = Cards.of(list);
        var calls = IntStream.range(0, 2)
                .mapToObj(q -> new Call(
                        new Guidance(
                                Optional.empty(),
                                Optional.of(reference.get("queries").get(q))),
                        cards,
                        RandomStream.of(1, "test"),
                        Optional.empty()))
                .toList();
        var selections = context.start(selector()).select(new Calls(cards, calls));
        NDArray x = reference.get("x").reshape(1, 1, 12);
        for (var q = 0; q < 2; q++) {
            var picks = selections.get(q).picks();
            for (var i = 0; i < 3; i++) {
                assertEquals(
                        reference.get("weights").getFloat(q, i),
                        picks.get(i).weight().orElseThrow().getFloat(),
                        1e-5f);
            }
            var inserts = ToyCards.fuse(fusion(), selections.get(q), list);
            for (var linear : LINEARS) {
                NDArray added = inserts.stream()
                        .map(Adapter.class::cast)
                        .filter(adapter -> adapter.linear().equals(linear))
                        .map(adapter -> adapter.delta()
                                .apply(x, ToyTokens.of(context.manager()))
                                .mul(adapter.weight().orElseThrow()))
                        .reduce(NDArray::add)
                        .orElseThrow();
                assertArrayEquals(
                        reference.get("added").get(q).toFloatArray(),
                        added.flatten().toFloatArray(),
                        1e-4f);
            }
        }
    }

    @Test
    void itChoosesForASampleAloneAndNeedsNoImage() {
        SelectorContract.holdsFor(context.start(selector()), Set.of(Guidance.TEXT), 3, 40);
    }

    @Test
    void keysAreTheMeanTextAlone() {
        try (var run = run()) {
            new ToyTraining(run.start(new PromptLearner()), run).stage(1, "task1", ONE, 1, 0.02);
            var card = run.part(PromptPool.class).cards().get(0);
            assertEquals(Set.of(Guidance.TEXT), card.keys().keySet());
            var mean = new double[ToyContext.FEATURES];
            for (var sample : ONE) {
                var text = run.encode(sample.query())
                        .guidance()
                        .text()
                        .orElseThrow()
                        .toFloatArray();
                IntStream.range(0, mean.length).forEach(i -> mean[i] += text[i] / 6.0);
            }
            var key = card.keys(Guidance.TEXT).orElseThrow().toFloatArray();
            IntStream.range(0, mean.length).forEach(i -> assertEquals(mean[i], key[i], 1e-5));
        }
    }

    @Test
    void theOpenCardAloneIsTrainedAndInserted() {
        try (var run = run()) {
            var pool = run.part(PromptPool.class);
            var training = new ToyTraining(run.start(new PromptLearner()), run);
            var plain = loss(training);
            training.stage(1, "task1", ONE, 40, 0.02);
            assertTrue(loss(training) < 0.7 * plain);
            var old = pool.cards().get(0);
            training.open(SECOND, TWO);
            training.gradients(SECOND, TWO).keySet().forEach(name -> assertTrue(name.startsWith("task2/"), name));
            var inputs = training.batch(TWO).inputs();
            AdapterContract.trainsAlone(
                    pool.cards().get(1), training.learner().prompt(inputs, training.step(SECOND)), 0.05);
            training.close(SECOND, TWO);
            assertSame(old, pool.cards().get(0));
            training.learner()
                    .prompt(inputs)
                    .forEach(prompted -> assertEquals(4, prompted.inserts().size()));
        }
    }

    private static double loss(ToyTraining training) {
        return Autograd.noGrad(() -> Forward.of(training.context().backbone(), training.learner(), training.batch(ONE))
                .output()
                .loss()
                .getFloat());
    }

    @Test
    void aTaskWithoutImagesIsLearned() {
        try (var run = run()) {
            var textOnly = ONE.stream()
                    .map(sample -> sample.with(
                            new Query(Optional.empty(), sample.query().instruction())))
                    .toList();
            var training = new ToyTraining(run.start(new PromptLearner()), run);
            training.stage(1, "task1", textOnly, 1, 0.02);
            assertEquals(6, training.answer(textOnly).size());
        }
    }

    @Test
    void aFreshOneGoesOnFromASavedStateBitByBit() {
        LearnerContract.goesOn(DiscoTest::run, PromptLearner::new, 0.02);
        assertThrows(KarutaException.class, () -> context.start(pool(13)));
    }
}
