package karuta.pool.prototype;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.api.Batch;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Guidance;
import karuta.api.Input;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.kit.AllCards;
import karuta.kit.ToyContext;
import karuta.kit.ToyStageData;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.tensor.Autograd;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrototypePoolTest {

    private static final int M = 5;
    private static final int D = ToyContext.HIDDEN;
    private static final int C = ToyContext.FEATURES;

    private final ToyContext context = new ToyContext(7);
    private final PrototypePool pool = context.start(new PrototypePool(M, 1, 1, 0.5));

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void aPromptStartsAsRowsOfTheTokenEmbeddings() {
        begin(pool, stage(1));
        var table = context.backbone().embeddings();
        var rows = IntStream.range(0, (int) table.getShape().get(0))
                .mapToObj(i -> list(table.get(i)))
                .toList();
        NDArray prompt = prompt(pool.cards().get(0));
        assertEquals(
                List.of((long) M, (long) D),
                Arrays.stream(prompt.getShape().getShape()).boxed().toList());
        for (var m = 0; m < M; m++) {
            assertTrue(rows.contains(list(prompt.get(m))), "row " + m + " is no token");
        }
    }

    @Test
    void theStartDependsOnTheSeedAndTheStageAlone() {
        begin(pool, stage(1));
        var first = numbers(pool);
        pool.endStage(stage(1), nothing());
        begin(pool, stage(2));
        var second = numbers(pool);
        assertNotEquals(first, second);

        try (var again = new ToyContext(7);
                var other = new ToyContext(8)) {
            var same = again.start(new PrototypePool(M, 1, 1, 1));
            begin(same, stage(2)); // without ever having opened stage 1
            assertEquals(second, numbers(same));
            var different = other.start(new PrototypePool(M, 1, 1, 1));
            begin(different, stage(2));
            assertNotEquals(second, numbers(different));
        }
    }

    @Test
    void theTransformStartsAsPyTorchsLinearLayersDo() {
        begin(pool, stage(1));
        var bound = 1 / Math.sqrt(D);
        for (var parameter : pool.trainable().subList(1, 5)) {
            var numbers = parameter.value().toFloatArray();
            var largest = IntStream.range(0, numbers.length)
                    .mapToDouble(i -> Math.abs(numbers[i]))
                    .max()
                    .orElseThrow();
            assertTrue(largest <= bound, parameter.name() + " holds " + largest);
            assertTrue(largest > bound / 2, parameter.name() + " is too small: " + largest);
        }
    }

    @Test
    void itsParametersArePromptAndTransformWithTheirRates() {
        begin(pool, stage(1));
        assertEquals(
                List.of("prompt", "transform.0.weight", "transform.0.bias", "transform.2.weight", "transform.2.bias"),
                pool.trainable().stream().map(Parameter::name).toList());
        assertEquals(
                List.of(1.0, 0.5, 0.5, 0.5, 0.5),
                pool.trainable().stream().map(Parameter::rate).toList());
    }

    @Test
    void theAlignmentReachesPromptAndTransformOfTheOpenCardOnly() {
        learn(1);
        var old = pool.cards().get(0);
        begin(pool, stage(2));
        var values = pool.trainable().stream().map(Parameter::value).toList();
        values.forEach(value -> value.setRequiresGradient(true));
        for (var term : List.of("align.image", "align.text")) {
            var gradients =
                    Autograd.gradients(() -> losses(pool, guidances(2, 3)).get(term), values);
            gradients.forEach(gradient -> assertTrue(gradient.abs().max().getFloat() > 0, term));
        }
        assertFalse(prompt(old).hasGradient());
        assertFalse(old.keys(Guidance.IMAGE).orElseThrow().hasGradient());
    }

    @Test
    void aTrainingStepReachesAllOfTheOpenCardAndNothingElse() {
        var training = new ToyTraining(new AllCards(pool), context);
        training.stage(1, "task1", ToyTasks.samples(1, 6), 3, 0.05);
        var old = content(pool.cards().get(0));
        var table = list(context.backbone().embeddings());
        training.open(stage(2));
        var before = numbers(pool);
        training.gradients(stage(2), ToyTasks.samples(2, 4))
                .forEach((name, largest) -> assertTrue(largest > 0, name + " got no gradient"));
        assertFalse(prompt(pool.cards().get(0)).hasGradient());
        training.train(stage(2), ToyTasks.samples(2, 6), 3, 0.05);
        var after = numbers(pool);
        for (var i = 0; i < before.size(); i++) {
            assertNotEquals(before.get(i), after.get(i));
        }
        training.close(stage(2), ToyTasks.samples(2, 6));
        assertEquals(old, content(pool.cards().get(0)));
        assertEquals(table, list(context.backbone().embeddings()));
    }

    @Test
    void alignmentIsOneMinusTheMeanCosineOfThePresentFeatures() {
        begin(pool, stage(1));
        var complete = guidances(1, 3);
        var key = pool.cards().get(0).keys(Guidance.IMAGE).orElseThrow().toFloatArray();
        var image = complete.stream()
                .mapToDouble(g -> cosine(g.image().orElseThrow(), key))
                .toArray();
        var text = complete.stream()
                .mapToDouble(g -> cosine(g.text().orElseThrow(), key))
                .toArray();
        var losses = losses(pool, complete);
        assertEquals(
                1 - Arrays.stream(image).average().orElseThrow(),
                losses.get("align.image").getFloat(),
                1e-6);
        assertEquals(
                1 - Arrays.stream(text).average().orElseThrow(),
                losses.get("align.text").getFloat(),
                1e-6);

        var blind = new Guidance(Optional.empty(), complete.get(0).text());
        var partly = losses(pool, List.of(blind, complete.get(1)));
        assertEquals(1 - image[1], partly.get("align.image").getFloat(), 1e-6);
        assertEquals(1 - (text[0] + text[1]) / 2, partly.get("align.text").getFloat(), 1e-6);
        assertEquals(Set.of("align.text"), losses(pool, List.of(blind)).keySet());
    }

    @Test
    void aWeightScalesItsAlignmentAndZeroLeavesItOut() {
        var weighted = context.start(new PrototypePool(M, 0, 3, 1));
        begin(pool, stage(1));
        begin(weighted, stage(1));
        var plain = losses(pool, guidances(1, 2));
        var losses = losses(weighted, guidances(1, 2));
        assertEquals(Set.of("align.text"), losses.keySet());
        assertEquals(
                3 * plain.get("align.text").getFloat(), losses.get("align.text").getFloat(), 1e-5);
    }

    @Test
    void closingKeepsThePrototypeOnceAndDropsTheTransform() {
        begin(pool, stage(1));
        var expected = pool.cards().get(0).keys(Guidance.IMAGE).orElseThrow().toFloatArray();
        var transform = pool.trainable().subList(1, 5);
        pool.endStage(stage(1), nothing());
        var card = pool.cards().get(0);
        assertFalse(card.trainable());
        assertArrayEquals(expected, card.keys(Guidance.IMAGE).orElseThrow().toFloatArray());
        assertTrue(pool.trainable().isEmpty());
        assertTrue(losses(pool, guidances(1, 2)).isEmpty());

        begin(pool, stage(2));
        transform.forEach(parameter -> assertTrue(parameter.value().isReleased(), parameter.name()));
        assertTrue(
                card.keys(Guidance.IMAGE).orElseThrow()
                        == pool.cards().get(0).keys(Guidance.IMAGE).orElseThrow(),
                "computed again");
    }

    @Test
    void moreThanTenStagesKeepEveryEarlierCardBitForBit() {
        var ids = new HashSet<String>();
        var prompts = new HashSet<List<Float>>();
        for (var t = 1; t <= 23; t++) {
            var before = pool.cards().stream().map(PrototypePoolTest::content).toList();
            var table = list(context.backbone().embeddings());
            learn(t);
            var after = pool.cards();
            assertEquals(t, after.size());
            assertEquals(
                    before,
                    after.subList(0, t - 1).stream()
                            .map(PrototypePoolTest::content)
                            .toList());
            assertEquals(table, list(context.backbone().embeddings()), "the backbone's table changed");
            ids.add(after.get(t - 1).id());
            prompts.add(list(prompt(after.get(t - 1))));
        }
        assertEquals(23, ids.size());
        assertEquals(23, prompts.size());
    }

    @Test
    void aCardKnowsItsTaskUnlessItsStageHasSeveral() {
        begin(pool, new Stage(1, List.of("a", "b")));
        assertEquals(Optional.empty(), pool.cards().get(0).task());
        assertEquals("a+b", pool.cards().get(0).id());
        pool.endStage(new Stage(1, List.of("a", "b")), nothing());
        begin(pool, stage(2));
        assertEquals(Optional.of("task2"), pool.cards().get(1).task());
    }

    @Test
    void aTaskThatIsLearnedAgainGetsACardOfItsOwnName() {
        for (var number = 1; number <= 3; number++) {
            begin(pool, new Stage(number, List.of("task0")));
            pool.endStage(new Stage(number, List.of("task0")), nothing());
        }
        assertEquals(
                List.of("task0", "task0#2", "task0#3"),
                pool.cards().stream().map(Card::id).toList());
        assertTrue(pool.cards().stream().allMatch(card -> card.task().equals(Optional.of("task0"))));
    }

    @Test
    void itCostsPromptAndTransformInTrainingButPromptAndPrototypeAtInference() {
        assertEquals(Footprint.NONE, pool.footprint());
        learn(1);
        learn(2);
        var transform = D * D + D + C * D + C;
        assertEquals(new Footprint(M * D + transform, 2 * (M * D + C), 0, 0), pool.footprint());
    }

    @Test
    void aFreshPoolGoesOnFromAKeptState() {
        learn(1);
        begin(pool, stage(2));
        pool.trainable().forEach(parameter -> parameter.value().addi(0.25));
        var state = pool.save();
        try (var again = new ToyContext(7)) {
            var fresh = again.start(new PrototypePool(M, 1, 1, 0.5));
            fresh.load(state);
            assertEquals(numbers(pool), numbers(fresh));
            assertEquals(pool.footprint(), fresh.footprint());
            pool.endStage(stage(2), nothing());
            fresh.endStage(stage(2), nothing());
            assertEquals(
                    pool.cards().stream().map(PrototypePoolTest::content).toList(),
                    fresh.cards().stream().map(PrototypePoolTest::content).toList());
        }
    }

    @Test
    void aStateOfOtherPromptsIsRefused() {
        learn(1);
        var state = pool.save();
        var wide = Tensors.of(context.manager(), new float[M * (D + 1)], new Shape(M, D + 1));
        var other = new State(
                Map.of("card.0.prompt", wide, "card.0.key", state.tensors().get("card.0.key")), state.metadata());
        var fresh = context.start(new PrototypePool(M, 1, 1, 1));
        var error = assertThrows(KarutaException.class, () -> fresh.load(other));
        assertTrue(error.getMessage().contains("card.0.prompt"), error.getMessage());
        assertThrows(KarutaException.class, () -> fresh.load(State.EMPTY));
    }

    private void learn(int t) {
        begin(pool, stage(t));
        pool.trainable().forEach(parameter -> parameter.value().addi(0.125));
        pool.endStage(stage(t), nothing());
    }

    private void begin(PrototypePool pool, Stage stage) {
        pool.beginStage(stage, nothing());
    }

    private Map<String, NDArray> losses(PrototypePool pool, List<Guidance> guidances) {
        var inputs = guidances.stream()
                .map(guidance -> new Input(0, new Query(Optional.empty(), "a"), List.of(), guidance, Optional.empty()))
                .toList();
        var batch = new Batch(inputs, Collections.nCopies(inputs.size(), "b"));
        var prompted = inputs.stream()
                .map(input -> new PromptedInput(input, List.of()))
                .toList();
        var forward = Forward.of(context.backbone(), batch, prompted);
        return pool.losses(forward, new ToyTraining(new AllCards(pool), context).step(stage(1)));
    }

    private StageData nothing() {
        return new ToyStageData(context, List.of());
    }

    private static Stage stage(int t) {
        return new Stage(t, List.of(ToyTasks.name(t)));
    }

    private List<Guidance> guidances(int task, int n) {
        return ToyTasks.samples(task, n).stream()
                .map(sample -> context.encode(sample.query()).guidance())
                .toList();
    }

    private static List<List<Float>> numbers(PrototypePool pool) {
        return pool.trainable().stream()
                .map(parameter -> list(parameter.value()))
                .toList();
    }

    private static List<Object> content(Card card) {
        return List.of(
                card.id(),
                card.task(),
                list(prompt(card)),
                list(card.keys(Guidance.IMAGE).orElseThrow()));
    }

    private static NDArray prompt(Card card) {
        return ((Tokens) card.inserts().get(0)).embeddings();
    }

    private static List<Float> list(NDArray array) {
        var numbers = array.toFloatArray();
        return IntStream.range(0, numbers.length).mapToObj(i -> numbers[i]).toList();
    }

    private static double cosine(NDArray a, float[] b) {
        var x = a.toFloatArray();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (var i = 0; i < b.length; i++) {
            xy += x[i] * b[i];
            xx += x[i] * x[i];
            yy += b[i] * b[i];
        }
        return xy / Math.sqrt(xx * yy);
    }

    private PrototypePool starting(ToyContext own, int length, String init) {
        return own.start(new PrototypePool(length, 1, 1, 0.5, PrototypePool.start(init)));
    }

    @Test
    void aPromptMayStartAsTheNearestCardOrTheMeanOfAll() {
        learn(1);
        learn(2);
        var state = pool.save();
        var nearest = starting(context, M, "nearest");
        nearest.load(state);
        var examples = new ToyStageData(context, ToyTasks.samples(2, 6));
        nearest.beginStage(stage(3), examples);
        var expected = likeness(0) > likeness(1) ? 0 : 1;
        assertEquals(
                list(prompt(nearest.cards().get(expected))),
                list(prompt(nearest.cards().get(2))));

        var mean = starting(context, M, "mean");
        mean.load(state);
        mean.beginStage(stage(3), examples);
        var one = prompt(mean.cards().get(0)).toFloatArray();
        var other = prompt(mean.cards().get(1)).toFloatArray();
        var numbers = prompt(mean.cards().get(2)).toFloatArray();
        for (var i = 0; i < numbers.length; i++) {
            assertEquals((one[i] + other[i]) / 2, numbers[i], 1e-6);
        }
    }

    /** How like the samples of the second task a card is, in Java's doubles. */
    private double likeness(int card) {
        var prototype =
                pool.cards().get(card).keys(Guidance.IMAGE).orElseThrow().toFloatArray();
        return guidances(2, 6).stream()
                .flatMap(guidance -> guidance.features().values().stream())
                .mapToDouble(feature -> cosine(feature, prototype))
                .sum();
    }

    @Test
    void theFirstStageStartsAsEver() {
        begin(pool, stage(1));
        for (var init : List.of("nearest", "mean")) {
            var other = starting(context, M, init);
            begin(other, stage(1));
            assertEquals(numbers(pool), numbers(other));
        }
    }

    @Test
    void cardsMayHaveLengthsOfTheirOwn() {
        learn(1);
        var longer = starting(context, 2 * M, "mean");
        longer.load(pool.save());
        begin(longer, stage(2));
        var start = list(prompt(longer.cards().get(1)));
        assertEquals(2 * M * D, start.size());
        assertEquals(start.subList(0, M * D), list(prompt(longer.cards().get(0))));
        assertEquals(start.subList(M * D, 2 * M * D), list(prompt(longer.cards().get(0))), "repeated");
        longer.endStage(stage(2), nothing());
        var again = starting(context, M, "rows");
        again.load(longer.save());
        assertEquals(
                List.of((long) M, 2L * M),
                again.cards().stream()
                        .map(card -> prompt(card).getShape().get(0))
                        .toList());
    }
}
