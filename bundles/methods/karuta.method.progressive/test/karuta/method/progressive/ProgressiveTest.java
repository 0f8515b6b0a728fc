package karuta.method.progressive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Cards;
import karuta.api.Footprint;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.RandomStream;
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

class ProgressiveTest {

    private static final Stage FIRST = new Stage(1, List.of("task1"));
    private static final Stage SECOND = new Stage(2, List.of("task2"));

    private final ToyContext context = new ToyContext(1);
    private final ProgressivePool pool = new ProgressivePool(2, 4);
    private final ToyTraining training = training(context, pool);

    private static ToyTraining training(ToyContext context, ProgressivePool pool) {
        context.with(PromptPool.class, pool)
                .with(Selector.class, new ProgressiveSelector(false))
                .<Fusion>with(Fusion.class, ToyCards::concat);
        return new ToyTraining(context.start(new PromptLearner()), context);
    }

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void threeStagesAndTheAnswersAfterThemAreAsTheEquationsSay() {
        var reference = new Reference(Path.of("test/fixtures/progressive.txt"), context.manager());
        var played = new PromptReference(reference, training, pool);
        for (var number = 1; number <= 3; number++) {
            played.stage(number);
            var card = pool.cards().get(number - 1);
            reference.agrees("stage" + number + ".kept", PromptReference.tokens(card));
        }
        played.answer(Stream.of(1, 2, 3, 4)
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
        assertEquals(5, parameters.size());
        for (var parameter : parameters) {
            GradientCheck.holds(
                    () -> training.losses(batch, training.step(SECOND)).get("lm"), parameter.value(), 0.05);
        }
    }

    @Test
    void aPromptStartsNearRowsOfTheTokenEmbeddings() {
        training.open(FIRST);
        var start = pool.trainable().stream()
                .filter(parameter -> parameter.name().equals("task1.weight.prompt"))
                .findFirst()
                .orElseThrow()
                .value();
        var table = context.backbone().embeddings();
        for (var row = 0; row < 2; row++) {
            var tokens = start.get(row).toFloatArray();
            assertTrue(
                    Stream.iterate(0, i -> i + 1)
                            .limit(table.getShape().get(0))
                            .anyMatch(i -> Arrays.equals(table.get(i).toFloatArray(), tokens)),
                    "row " + row + " is no token");
        }
    }

    @Test
    void withoutAPerceptronThePromptItselfIsTrained() {
        try (var other = new ToyContext(1)) {
            var plain = new ProgressivePool(2, 0);
            var lesson = training(other, plain);
            lesson.open(FIRST, ToyTasks.samples(1, 4));
            assertEquals(1, plain.trainable().size());
            assertSame(
                    plain.trainable().get(0).value(),
                    PromptReference.tokens(plain.cards().get(0)));
            assertTrue(lesson.gradients(FIRST, ToyTasks.samples(1, 4)).get("task1.weight.prompt") > 0);
        }
    }

    @Test
    void promptsOfEarlierTasksStayBitForBit() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.05);
        var card = pool.cards().get(0);
        var before = PoolContract.content(card);
        training.stage(2, "task2", ToyTasks.samples(2, 4), 3, 0.05);
        assertSame(card, pool.cards().get(0));
        assertEquals(before, PoolContract.content(card));
    }

    @Test
    void whatAStageTrainedIsFreedWhenTheNextOneBegins() {
        training.open(FIRST);
        var values = pool.trainable().stream().map(Parameter::value).toList();
        training.close(FIRST, ToyTasks.samples(1, 4));
        values.forEach(value -> assertFalse(value.isReleased()));
        training.open(SECOND);
        values.forEach(value -> assertTrue(value.isReleased()));
    }

    @Test
    void theTrueTaskChangesNothingUnlessAnArmForAnalysisAsksForIt() {
        for (var task = 1; task <= 3; task++) {
            training.stage(task, ToyTasks.name(task), ToyTasks.samples(task, 4), 1, 0.01);
        }
        SelectorContract.readsNoTask(
                new ProgressiveSelector(false), ToyCards.calls(context, ToyTasks.samples(1, 2), pool));
        assertEquals(List.of("task1"), chosen(Optional.of("task1")));
        assertEquals(List.of("task2", "task1"), chosen(Optional.of("task2")));
        assertEquals(List.of("task3", "task2", "task1"), chosen(Optional.of("task3")));
        assertEquals(List.of("task3", "task2", "task1"), chosen(Optional.of("unknown")));
        var message = assertThrows(KarutaException.class, () -> chosen(Optional.empty()))
                .getMessage();
        assertTrue(message.contains("analysis: true"), message);
    }

    private List<String> chosen(Optional<String> task) {
        var cards = Cards.of(pool.cards());
        var guidance = new Guidance(Optional.empty(), Optional.empty());
        var call = new Call(guidance, cards, RandomStream.of(1, "x"), task);
        return ids(new ProgressiveSelector(true)
                .select(new Calls(cards, List.of(call)))
                .get(0));
    }

    private static List<String> ids(Selection selection) {
        return selection.picks().stream().map(pick -> pick.card().id()).toList();
    }

    @Test
    void inTrainingTheOwnPromptIsFirstThoughTheTaskIsKnown() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 1, 0.01);
        training.open(SECOND);
        assertEquals(List.of("task2", "task1"), chosen(Optional.of("task1")));
    }

    @Test
    void itLearnsATask() {
        var samples = ToyTasks.samples(1, 6);
        training.open(FIRST, samples);
        var first = training.train(FIRST, samples, 1, 0.05).get("lm");
        var last = training.train(FIRST, samples, 60, 0.05).get("lm");
        assertTrue(last < 0.7 * first, "the loss went from " + first + " to " + last);
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
            var fresh = new ProgressivePool(2, 4);
            PoolContract.goesOn(training, pool, training(other, fresh), fresh, ToyTasks.samples(2, 3));
        }
    }

    @Test
    void aStateOfAnotherSizeIsRefused() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 1, 0.01);
        refused(new ProgressivePool(3, 4));
        training.open(SECOND);
        refused(new ProgressivePool(2, 5));
    }

    private void refused(ProgressivePool other) {
        var message = assertThrows(
                        KarutaException.class, () -> context.start(other).load(pool.save()))
                .getMessage();
        assertTrue(message.contains("sizes are not those"), message);
    }

    @Test
    void itKeepsAPromptPerTaskAndDropsThePerceptron() {
        assertEquals(Footprint.NONE, pool.footprint());
        var prompt = 2L * ToyContext.HIDDEN;
        var perceptron = 2L * 4 * ToyContext.HIDDEN + 4 + ToyContext.HIDDEN;
        for (var task = 1; task <= 2; task++) {
            training.stage(task, ToyTasks.name(task), ToyTasks.samples(task, 4), 1, 0.01);
            assertEquals(new Footprint(prompt + perceptron, task * prompt, 0, 0), pool.footprint());
        }
    }
}
