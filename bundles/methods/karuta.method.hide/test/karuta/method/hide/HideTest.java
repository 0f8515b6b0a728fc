package karuta.method.hide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.api.Batch;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.KarutaException;
import karuta.api.PromptPool;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.StageData;
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
import karuta.tensor.FeatureMeans;
import karuta.tensor.LoraLayer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HideTest {

    private static final Stage SECOND = new Stage(2, List.of("task2"));
    private static final List<Sample> ONE = ToyTasks.samples(1, 6);
    private static final List<Sample> TWO = ToyTasks.samples(2, 6);
    private static final String BELOW = "layers.0.self_attn.v_proj";
    private static final String TOP = "layers.1.self_attn.v_proj";
    private static final String[] TARGETS = {"v_proj"};

    private final ToyContext context = new ToyContext(1);
    private final Map<String, NDArray> reference =
            ReferenceArrays.read(Path.of("test/fixtures/hide.txt"), context.manager());

    @AfterEach
    void free() {
        context.close();
    }

    private static HidePool pool(int rank, double scale, String... targets) {
        return new HidePool(
                ToyOptions.of(HidePool.Options.class, Map.of("rank", rank, "scale", scale, "targets", targets)));
    }

    private static HideFusion fusion(String fuse, String top) {
        return new HideFusion(ToyOptions.of(HideFusion.Options.class, Map.of("fuse", fuse, "top", top)));
    }

    private static HideSelector selector() {
        return new HideSelector(ToyOptions.defaults(HideSelector.Options.class));
    }

    private static ToyContext run() {
        return new ToyContext(1)
                .with(PromptPool.class, pool(3, 2, TARGETS))
                .with(Selector.class, selector())
                .with(Fusion.class, fusion("factors", "mixture"));
    }

    private List<Card> cards() {
        return IntStream.range(0, 3)
                .mapToObj(i -> {
                    var pair = new LoraLayer(reference.get("a." + i), reference.get("b." + i), 2);
                    var keys = Map.of(
                            Guidance.IMAGE, reference.get("image.mean." + i).expandDims(0),
                            Guidance.TEXT, reference.get("text.mean." + i).expandDims(0));
                    return new Card(
                            "task" + i,
                            Optional.of("task" + i),
                            false,
                            keys,
                            List.of(new Adapter(BELOW, pair), new Adapter(TOP, pair)));
                })
                .toList();
    }

    /** {@code releng/methods/hide.py}: three tasks, two queries. */
    @Test
    void keysAreTheReferencesMeans() {
        for (var i = 0; i < 3; i++) {
            var means = FeatureMeans.of(new Features(reference.get("image." + i), reference.get("text." + i)), context);
            near("image.mean." + i, means.get(Guidance.IMAGE).squeeze(0));
            near("text.mean." + i, means.get(Guidance.TEXT).squeeze(0));
        }
    }

    /** Examples of which only the features are known. */
    private record Features(NDArray image, NDArray text) implements StageData {

        @Override
        public int size() {
            return (int) image.getShape().get(0);
        }

        @Override
        public Batch batch(int from, int to) {
            var guidance = new Guidance(Optional.of(image.get(from)), Optional.of(text.get(from)));
            var query = new Query(Optional.empty(), "?");
            return new Batch(List.of(new Input(from, query, List.of(), guidance, Optional.empty())), List.of("!"));
        }
    }

    private List<Selection> selections() {
        var cards = Cards.of(cards());
        var calls = IntStream.range(0, 2)
                .mapToObj(q -> new Call(
                        new Guidance(
                                Optional.of(reference.get("image.query").get(q)),
                                Optional.of(reference.get("text.query").get(q))),
                        cards,
                        RandomStream.of(1, "test"),
                        Optional.empty()))
                .toList();
        return context.start(selector()).select(new Calls(cards, calls));
    }

    @Test
    void weightsAreTheReferences() {
        var selections = selections();
        for (var q = 0; q < 2; q++) {
            var expected = reference.get("weights").get(q).toFloatArray();
            var picks = selections.get(q).picks();
            for (var i = 0; i < 3; i++) {
                assertEquals(expected[i], picks.get(i).weight().orElseThrow().getFloat(), 1e-5f);
                assertEquals("task" + i, picks.get(i).card().id());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"factors, mixture", "products, best", "mean, mixture"})
    void whatLayersAddIsTheReferences(String fuse, String top) {
        var fusion = context.start(fusion(fuse, top));
        var selections = selections();
        for (var q = 0; q < 2; q++) {
            var inserts = ToyCards.fuse(fusion, selections.get(q), cards());
            near(reference.get(fuse), added(inserts, BELOW));
            near(reference.get(top).get(q), added(inserts, TOP));
        }
    }

    private NDArray added(List<Insert> inserts, String linear) {
        NDArray x = reference.get("x").reshape(1, 1, 12);
        return Autograd.noGrad(() -> inserts.stream()
                .map(Adapter.class::cast)
                .filter(adapter -> adapter.linear().equals(linear))
                .map(adapter -> {
                    NDArray y = adapter.delta().apply(x, ToyTokens.of(context.manager()));
                    return adapter.weight().map(y::mul).orElse(y);
                })
                .reduce(NDArray::add)
                .orElseThrow()
                .flatten());
    }

    private void near(String name, NDArray actual) {
        near(reference.get(name), actual);
    }

    private static void near(NDArray expected, NDArray actual) {
        var largest = Math.max(1, expected.abs().max().getFloat());
        assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), 1e-5f * largest);
    }

    @Test
    void itChoosesForASampleAlone() {
        SelectorContract.holdsFor(context.start(selector()), Set.of(), 3, 40);
    }

    @Test
    void theOpenCardAloneIsTrainedAndOldOnesStayBitForBit() {
        try (var run = run()) {
            var pool = (HidePool) run.part(PromptPool.class);
            var training = new ToyTraining(run.start(new PromptLearner()), run);
            var plain = loss(training, ONE);
            training.stage(1, "task1", ONE, 40, 0.02);
            assertTrue(loss(training, ONE) < 0.7 * plain);
            var old = pool.cards().get(0);
            var before = numbers(old);
            training.open(SECOND, TWO);
            var gradients = training.gradients(SECOND, TWO);
            assertEquals(4, gradients.size());
            gradients.forEach((name, largest) -> {
                assertTrue(name.startsWith("task2/"), name);
                assertEquals(name.endsWith("lora_B.weight"), largest > 0, name + " got " + largest); // A waits for B
            });
            training.train(SECOND, TWO, 10, 0.02);
            var inputs = training.batch(TWO).inputs();
            AdapterContract.trainsAlone(
                    pool.cards().get(1), training.learner().prompt(inputs, training.step(SECOND)), 0.05);
            training.close(SECOND, TWO);
            assertSame(old, pool.cards().get(0));
            assertEquals(before, numbers(old));
            var prompted = training.learner().prompt(inputs);
            assertEquals(3, prompted.get(0).inserts().size()); // below once, on top one per task
            assertSame(
                    prompted.get(0).inserts().get(0), prompted.get(1).inserts().get(0));
        }
    }

    private static double loss(ToyTraining training, List<Sample> samples) {
        return Autograd.noGrad(
                () -> Forward.of(training.context().backbone(), training.learner(), training.batch(samples))
                        .output()
                        .loss()
                        .getFloat());
    }

    private static List<Float> numbers(Card card) {
        var numbers = new ArrayList<Float>();
        for (var insert : card.inserts()) {
            var pair = (LoraLayer) ((Adapter) insert).delta();
            for (var factor : List.of(pair.a(), pair.b())) {
                for (var number : factor.toFloatArray()) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    @Test
    void aStartsSmallAndNormalAndBAtZero() {
        var pool = context.start(pool(12, 2, "q_proj", "v_proj"));
        pool.beginStage(SECOND, new Features(reference.get("image.0"), reference.get("text.0")));
        for (var parameter : pool.trainable()) {
            var deviation = Math.sqrt(parameter.value().square().mean().getFloat());
            assertEquals(parameter.name().endsWith("lora_A.weight") ? 0.01 : 0, deviation, 0.002, parameter.name());
        }
        assertNotEquals(
                pool.trainable().get(0).value().toFloatArray()[0],
                pool.trainable().get(2).value().toFloatArray()[0]);
    }

    @Test
    void aFreshOneGoesOnFromASavedStateBitByBit() {
        LearnerContract.goesOn(HideTest::run, PromptLearner::new, 0.02);
        try (var run = run()) {
            new ToyTraining(run.start(new PromptLearner()), run).stage(1, "task1", ONE, 1, 0.02);
            var state = run.part(PromptPool.class).save();
            for (var other : List.of(pool(2, 2, TARGETS), pool(3, 1, TARGETS), pool(3, 2, "v_proj", "q_proj"))) {
                assertThrows(KarutaException.class, () -> context.start(other).load(state));
            }
        }
    }

    @Test
    void tasksAreCountedAndUnfitOnesRefused() {
        try (var run = run()) {
            var learner = run.start(new PromptLearner());
            var training = new ToyTraining(learner, run);
            training.stage(1, "task1", ONE, 1, 0.02);
            training.stage(2, "task2", TWO, 1, 0.02);
            var size = 2L * 3 * 24;
            assertEquals(new Footprint(size, 2 * (size + 12), 0, 0), learner.footprint());
            var textOnly = ONE.stream()
                    .map(sample -> sample.with(new Query(Optional.empty(), "?")))
                    .toList();
            var refusal = assertThrows(KarutaException.class, () -> training.stage(3, "task3", textOnly, 1, 0.02));
            assertTrue(refusal.getMessage().contains("by the mean image feature"), refusal.getMessage());
        }
        assertThrows(KarutaException.class, () -> context.start(pool(13, 2, TARGETS)));
        assertEquals(0, new HashMap<>(context.start(pool(3, 2, TARGETS)).save().tensors()).size());
    }
}
