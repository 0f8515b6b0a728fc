package karuta.method.l2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.api.Batch;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Footprint;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.api.Stage;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class L2pTest {

    private static final Stage SECOND = new Stage(2, List.of("task2"));

    private final ToyContext context = new ToyContext(1);
    private final L2pPool pool = new L2pPool(4, 2, Guidance.IMAGE);
    private final ToyTraining training = training(context, pool, new L2pSelector(2, 0.3));

    private static ToyTraining training(ToyContext context, L2pPool pool, Selector selector) {
        context.with(PromptPool.class, pool)
                .with(Selector.class, selector)
                .<Fusion>with(Fusion.class, ToyCards::concat);
        return new ToyTraining(context.start(new PromptLearner()), context);
    }

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void twoStagesAndTheAnswersAfterThemAreAsTheEquationsSay() {
        var reference = new Reference(Path.of("test/fixtures/l2p.txt"), context.manager());
        var played = new PromptReference(reference, training, pool);
        played.stage(1);
        played.stage(2);
        played.answer(IntStream.rangeClosed(1, 3)
                .boxed()
                .flatMap(task -> ToyTasks.samples(task, 2).stream())
                .toList());
        assertEquals(Set.of(), reference.left());
    }

    /** With all prompts chosen, as a small move of a key must not change the choice. */
    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        try (var other = new ToyContext(1)) {
            var lesson = training(other, new L2pPool(4, 2, Guidance.IMAGE), new L2pSelector(4, 0.3));
            lesson.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.01);
            var samples = ToyTasks.samples(2, 4);
            var batch = lesson.batch(samples);
            var parameters = lesson.open(SECOND, samples);
            holds(lesson, batch, parameters.get(0), "lm");
            holds(lesson, batch, parameters.get(1), "pull");
        }
    }

    private static void holds(ToyTraining lesson, Batch batch, Parameter parameter, String term) {
        GradientCheck.holds(() -> lesson.losses(batch, lesson.step(SECOND)).get(term), parameter.value(), 0.03);
    }

    @Test
    void aSampleChoosesForItselfAndNotByTheMajority() {
        SelectorContract.holdsFor(new OneKey(new L2pSelector(3, 0.1)), Set.of(Guidance.IMAGE), 3, 40);
    }

    /** The contract's cards have two keys; this shows the selector the one for images. */
    private record OneKey(Selector selector) implements Selector {

        @Override
        public List<Selection> select(Calls calls) {
            var cards = Cards.of(calls.cards().all().stream()
                    .map(card -> new Card(
                            card.id(),
                            card.task(),
                            card.trainable(),
                            Map.of(Guidance.IMAGE, card.keys(Guidance.IMAGE).orElseThrow()),
                            card.inserts()))
                    .toList());
            return selector.select(new Calls(cards, calls.samples()));
        }
    }

    @Test
    void theTrueTaskChangesNoChoice() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.01);
        training.stage(2, "task2", ToyTasks.samples(2, 4), 3, 0.01);
        SelectorContract.readsNoTask(new L2pSelector(2, 0.1), ToyCards.calls(context, ToyTasks.samples(1, 3), pool));
    }

    @Test
    void everyStageTrainsTheSamePromptsAndBetweenStagesTheyStand() {
        training.stage(1, "task1", ToyTasks.samples(1, 6), 3, 0.05);
        var first = PoolContract.contents(pool);
        var cards = pool.cards();
        assertEquals(List.of(), pool.trainable());
        training.answer(ToyTasks.samples(2, 4));
        assertEquals(first, PoolContract.contents(pool));
        IntStream.range(0, 4).forEach(i -> assertSame(cards.get(i), pool.cards().get(i)));
        training.stage(2, "task2", ToyTasks.samples(2, 6), 3, 0.05);
        assertNotEquals(first, PoolContract.contents(pool));
        assertEquals(4, pool.cards().size());
        pool.cards().forEach(card -> assertFalse(card.trainable()));
    }

    @Test
    void itLearnsATask() {
        var samples = ToyTasks.samples(1, 6);
        var stage = new Stage(1, List.of("task1"));
        training.open(stage, samples);
        var first = training.train(stage, samples, 1, 0.3).get("lm");
        var last = training.train(stage, samples, 40, 0.3).get("lm");
        assertTrue(last < 0.7 * first, "the loss went from " + first + " to " + last);
    }

    @Test
    void promptsAndKeysStartUniform() {
        training.open(SECOND);
        for (var parameter : pool.trainable()) {
            var numbers = parameter.value().toFloatArray();
            var sorted = numbers.clone();
            Arrays.sort(sorted);
            assertTrue(sorted[0] >= -1 && sorted[0] < -0.8 && sorted[numbers.length - 1] <= 1, parameter.name());
            assertTrue(sorted[numbers.length - 1] > 0.8, parameter.name());
        }
    }

    @Test
    void withoutPullThereIsNoTermAndKeysStay() {
        try (var other = new ToyContext(1)) {
            var lesson = training(other, new L2pPool(4, 2, Guidance.TEXT), new L2pSelector(2, 0));
            lesson.open(SECOND, ToyTasks.samples(2, 4));
            assertEquals(
                    Set.of("lm"),
                    lesson.train(SECOND, ToyTasks.samples(2, 4), 1, 0.01).keySet());
            assertEquals(
                    0,
                    lesson.gradients(SECOND, ToyTasks.samples(2, 4)).get("keys").doubleValue());
        }
    }

    @Test
    void aFreshOneGoesOnFromAKeptStateInAndBetweenStages() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.01);
        goesOn();
        training.open(SECOND, ToyTasks.samples(2, 4));
        training.train(SECOND, ToyTasks.samples(2, 4), 2, 0.01);
        goesOn();
    }

    private void goesOn() {
        try (var other = new ToyContext(1)) {
            var fresh = new L2pPool(4, 2, Guidance.IMAGE);
            var again = training(other, fresh, new L2pSelector(2, 0.3));
            PoolContract.goesOn(training, pool, again, fresh, ToyTasks.samples(2, 3));
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 1, 0.01);
        refused(
                "has no prompts of shape",
                () -> context.start(new L2pPool(4, 3, Guidance.IMAGE)).load(pool.save()));
        var blind = new Sample("s", new Query(Optional.empty(), "what?"), "b!");
        refused("no image", () -> training.answer(List.of(blind)));
        refused(
                "chooses 5 prompts, but the pool has 4",
                () -> context.with(Selector.class, new L2pSelector(5, 0.1))
                        .part(Selector.class)
                        .select(new Calls(Cards.of(pool.cards()), List.of())));
    }

    private static void refused(String why, Runnable work) {
        var message = assertThrows(KarutaException.class, work::run).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void itCostsPromptsAndKeysHoweverManyTasksThereAre() {
        assertEquals(Footprint.NONE, pool.footprint());
        var numbers = 4L * 2 * ToyContext.HIDDEN + 4L * ToyContext.FEATURES;
        for (var task = 1; task <= 2; task++) {
            training.stage(task, ToyTasks.name(task), ToyTasks.samples(task, 4), 1, 0.01);
            assertEquals(new Footprint(numbers, numbers, 0, 0), pool.footprint());
        }
    }
}
