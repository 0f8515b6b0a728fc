package karuta.method.coda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Answer;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Footprint;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.Insert.Prefix;
import karuta.api.KarutaException;
import karuta.api.PromptPool;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.fusion.sum.SumFusion;
import karuta.kit.GradientCheck;
import karuta.kit.PoolContract;
import karuta.kit.PromptReference;
import karuta.kit.Reference;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.prompt.PromptLearner;
import karuta.tensor.ParameterGradients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CodaTest {

    private static final Stage FIRST = new Stage(1, List.of("task1"));
    private static final Stage SECOND = new Stage(2, List.of("task2"));

    private final ToyContext context = new ToyContext(1);
    private final CodaPool pool = pool(0.1);
    private final ToyTraining training = training(context, pool);

    private static CodaPool pool(double penalty) {
        return new CodaPool(2, 4, List.of(0, 1), penalty, Guidance.IMAGE);
    }

    private static ToyTraining training(ToyContext context, CodaPool pool) {
        context.with(PromptPool.class, pool)
                .with(Selector.class, new CodaSelector())
                .<Fusion>with(Fusion.class, new SumFusion());
        return new ToyTraining(context.start(new PromptLearner()), context);
    }

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void twoStagesAndTheAnswersAfterThemAreAsTheEquationsSay() {
        var reference = new Reference(Path.of("test/fixtures/coda.txt"), context.manager());
        var played = new PromptReference(reference, training, pool);
        played.stage(1);
        played.stage(2);
        played.answer(IntStream.rangeClosed(1, 3)
                .boxed()
                .flatMap(task -> ToyTasks.samples(task, 2).stream())
                .toList());
        assertEquals(Set.of(), reference.left());
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.05);
        var samples = ToyTasks.samples(2, 4);
        var batch = training.batch(samples);
        var parameters = training.open(SECOND, samples);
        assertEquals(2 * 2 * 4, parameters.size());
        for (var parameter : parameters) {
            assertTrue(parameter.name().matches("[34]@.*"), parameter.name());
            GradientCheck.holds(
                    () -> ParameterGradients.sum(
                            training.losses(batch, training.step(SECOND)).values()),
                    parameter.value(),
                    0.05);
        }
    }

    @Test
    void componentsOfEarlierTasksStayBitForBit() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.05);
        var cards = pool.cards();
        var before = cards.stream().map(PoolContract::content).toList();
        training.stage(2, "task2", ToyTasks.samples(2, 4), 3, 0.05);
        for (var i = 0; i < cards.size(); i++) {
            assertSame(cards.get(i), pool.cards().get(i));
            assertEquals(before.get(i), PoolContract.content(pool.cards().get(i)));
        }
        assertEquals(8, pool.cards().size());
    }

    @Test
    void newComponentsStartOrthogonalToTheOldOnesAndToEachOther() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 10, 0.1);
        training.open(SECOND);
        for (var layer = 0; layer < 2; layer++) {
            var at = layer;
            var cards = pool.cards().stream()
                    .filter(card -> ((Prefix) card.inserts().get(0)).layer() == at)
                    .toList();
            for (var part = 0; part < 3; part++) {
                var vectors = new ArrayList<float[]>();
                for (var card : cards) {
                    vectors.add(vectors(card).get(part));
                }
                for (var i = 2; i < 4; i++) {
                    assertEquals(1, dot(vectors.get(i), vectors.get(i)), 1e-5);
                    for (var j = 0; j < i; j++) {
                        assertEquals(0, dot(vectors.get(i), vectors.get(j)), 1e-5);
                    }
                }
            }
        }
    }

    /** Prompt, key and attention. */
    private static List<float[]> vectors(Card card) {
        var prefix = (Prefix) card.inserts().get(0);
        var keys = prefix.keys().toFloatArray();
        var values = prefix.values().toFloatArray();
        var prompt = Arrays.copyOf(keys, keys.length + values.length);
        System.arraycopy(values, 0, prompt, keys.length, values.length);
        return List.of(
                prompt,
                card.keys().get(Guidance.IMAGE).toFloatArray(),
                card.keys().get(CodaPool.ATTENTION).toFloatArray());
    }

    private static double dot(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .sum();
    }

    @Test
    void whenThereIsNoMoreRoomVectorsAreRandomAndOfLengthOne() {
        var full = OrthogonalDraw.of(List.of(), 3, 3, RandomStream.of(1, "x"));
        var old = full.stream()
                .map(vector -> new float[] {2 * (float) vector[0], 2 * (float) vector[1], 2 * (float) vector[2]})
                .toList();
        for (var further : OrthogonalDraw.of(old, 2, 3, RandomStream.of(2, "x"))) {
            assertEquals(
                    1,
                    IntStream.range(0, 3)
                            .mapToDouble(i -> further[i] * further[i])
                            .sum(),
                    1e-9);
        }
        var dependent = List.of(new float[] {1, 0, 0}, new float[] {1, 1e-3f, 0}, new float[] {2, 0, 0});
        var free = OrthogonalDraw.of(dependent, 1, 3, RandomStream.of(3, "x")).get(0);
        assertEquals(1, Math.abs(free[2]), 1e-6);
    }

    @Test
    void theTrueTaskChangesNoChoice() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.01);
        training.stage(2, "task2", ToyTasks.samples(2, 4), 3, 0.01);
        SelectorContract.readsNoTask(new CodaSelector(), ToyCards.calls(context, ToyTasks.samples(1, 3), pool));
    }

    @Test
    void aSampleWeighsForItself() {
        SelectorContract.holdsFor(new Attending(new CodaSelector()), Set.of(Guidance.IMAGE), 3, 40);
    }

    /** The contract's cards have a key for texts, which this gives the selector as attention. */
    private record Attending(Selector selector) implements Selector {

        @Override
        public List<Selection> select(Calls calls) {
            var cards = Cards.of(calls.cards().all().stream()
                    .map(card -> new Card(
                            card.id(),
                            card.task(),
                            card.trainable(),
                            Map.of(
                                    Guidance.IMAGE,
                                    card.keys().get(Guidance.IMAGE),
                                    CodaPool.ATTENTION,
                                    card.keys().get(Guidance.TEXT)),
                            card.inserts()))
                    .toList());
            return selector.select(new Calls(cards, calls.samples()));
        }
    }

    @Test
    void anAnswerDoesNotDependOnItsCompany() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 10, 0.1);
        training.stage(2, "task2", ToyTasks.samples(2, 4), 10, 0.1);
        var samples = Stream.of(1, 2, 3)
                .flatMap(task -> ToyTasks.samples(task, 3).stream())
                .toList();
        var together = texts(samples);
        for (var i = 0; i < samples.size(); i++) {
            assertEquals(together.subList(i, i + 1), texts(samples.subList(i, i + 1)));
        }
        assertNotEquals(1, Set.copyOf(together).size());
    }

    private List<String> texts(List<Sample> samples) {
        return training.answer(samples).stream().map(Answer::text).toList();
    }

    /** The penalty would hold the prefixes' lengths at 1. */
    @Test
    void withoutPenaltyItLearnsATaskByTheLanguageModelsLossAlone() {
        try (var other = new ToyContext(1)) {
            var free = training(other, pool(0));
            var samples = ToyTasks.samples(1, 6);
            free.open(FIRST, samples);
            var first = free.train(FIRST, samples, 1, 0.2);
            assertEquals(Set.of("lm"), first.keySet());
            var last = free.train(FIRST, samples, 60, 0.2).get("lm");
            assertTrue(last < 0.7 * first.get("lm"), "the loss went from " + first + " to " + last);
        }
    }

    @Test
    void aFreshOneGoesOnFromAKeptStateInAndBetweenStages() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.05);
        goesOn();
        training.open(SECOND, ToyTasks.samples(2, 4));
        training.train(SECOND, ToyTasks.samples(2, 4), 2, 0.05);
        goesOn();
    }

    private void goesOn() {
        try (var other = new ToyContext(1)) {
            var fresh = pool(0.1);
            var again = training(other, fresh);
            PoolContract.goesOn(training, pool, again, fresh, ToyTasks.samples(2, 3));
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 1, 0.01);
        refused(
                "\"layers\" of pool.coda is [0, 4], but the backbone has the layers 0 to 1",
                () -> start(new CodaPool(2, 4, List.of(0, 4), 0, Guidance.IMAGE)));
        refused("is []", () -> start(new CodaPool(2, 4, List.of(), 0, Guidance.IMAGE)));
        refused("cannot be halved", () -> start(new CodaPool(2, 5, List.of(0), 0, Guidance.IMAGE)));
        var longer = context.start(new CodaPool(2, 6, List.of(0, 1), 0, Guidance.IMAGE));
        refused("sizes are not those", () -> longer.load(pool.save()));
        var other = new Card("x", Optional.empty(), false, Map.of(), List.of());
        refused("\"x\" has []", () -> new CodaSelector().select(new Calls(Cards.of(List.of(other)), List.of())));
    }

    private void start(CodaPool unfit) {
        training(context, unfit).open(FIRST);
    }

    private static void refused(String why, Runnable work) {
        var message = assertThrows(KarutaException.class, work::run).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void itCostsComponentsPerTask() {
        assertEquals(Footprint.NONE, pool.footprint());
        var own = 2L * 2 * (4 * ToyContext.HIDDEN + 2 * ToyContext.FEATURES);
        for (var task = 1; task <= 2; task++) {
            training.stage(task, ToyTasks.name(task), ToyTasks.samples(task, 4), 1, 0.01);
            assertEquals(new Footprint(own, task * own, 0, 0), pool.footprint());
        }
    }
}
