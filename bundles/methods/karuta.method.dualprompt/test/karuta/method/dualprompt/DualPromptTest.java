package karuta.method.dualprompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.Insert.Prefix;
import karuta.api.KarutaException;
import karuta.api.PromptPool;
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
import karuta.method.dualprompt.DualPromptPool.Site;
import karuta.prompt.PromptLearner;
import karuta.tensor.ParameterGradients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DualPromptTest {

    private static final Stage FIRST = new Stage(1, List.of("task1"));
    private static final Stage SECOND = new Stage(2, List.of("task2"));
    private static final Stage THIRD = new Stage(3, List.of("task3"));

    private final ToyContext context = new ToyContext(1);
    private final DualPromptPool pool = pool(true, 0.6);
    private final ToyTraining training = training(context, pool);

    private static DualPromptPool pool(boolean copy, double pull) {
        return new DualPromptPool(general(0), new Site("expertLayers", List.of(1), 3), copy, pull, Guidance.IMAGE);
    }

    private static Site general(Integer... layers) {
        return new Site("generalLayers", List.of(layers), 2);
    }

    private static ToyTraining training(ToyContext context, DualPromptPool pool) {
        context.with(PromptPool.class, pool)
                .with(Selector.class, new DualPromptSelector())
                .<Fusion>with(Fusion.class, ToyCards::concat);
        return new ToyTraining(context.start(new PromptLearner()), context);
    }

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void threeStagesAndTheAnswersAfterThemAreAsTheEquationsSay() {
        var reference = new Reference(Path.of("test/fixtures/dualprompt.txt"), context.manager());
        var played = new PromptReference(reference, training, pool);
        IntStream.rangeClosed(1, 3).forEach(played::stage);
        var samples = IntStream.rangeClosed(1, 4)
                .boxed()
                .flatMap(task -> ToyTasks.samples(task, 2).stream())
                .toList();
        played.answer(samples);
        var scores = training.answer(samples).stream()
                .map(answer -> answer.selection().picks().get(1).score())
                .toList();
        var numbers = new float[scores.size()];
        IntStream.range(0, numbers.length)
                .forEach(i -> numbers[i] = scores.get(i).floatValue());
        reference.agrees("expert.scores", numbers);
        assertEquals(Set.of(), reference.left());
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        twoStages();
        var samples = ToyTasks.samples(3, 4);
        var batch = training.batch(samples);
        var parameters = training.open(THIRD, samples);
        assertEquals(5, parameters.size());
        for (var parameter : parameters) {
            GradientCheck.holds(
                    () -> ParameterGradients.sum(
                            training.losses(batch, training.step(THIRD)).values()),
                    parameter.value(),
                    0.03);
        }
    }

    private void twoStages() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.05);
        training.stage(2, "task2", ToyTasks.samples(2, 4), 3, 0.05);
    }

    @Test
    void theExpertsOfEarlierTasksStayBitForBitWhileTheGeneralPromptGoesOn() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.05);
        var expert = pool.cards().get(1);
        var before = numbers(expert);
        var general = numbers(pool.cards().get(0));
        training.stage(2, "task2", ToyTasks.samples(2, 4), 3, 0.05);
        assertSame(expert, pool.cards().get(1));
        assertEquals(before, numbers(expert));
        assertNotEquals(general, numbers(pool.cards().get(0)));
    }

    @Test
    void anExpertStartsAsTheOneBeforeOrAfresh() {
        twoStages();
        training.open(THIRD);
        var cards = pool.cards();
        assertEquals(numbers(cards.get(2)), numbers(cards.get(3)));
        assertNotEquals(cards.get(2).keys(), cards.get(3).keys());
        try (var other = new ToyContext(1)) {
            var fresh = pool(false, 1);
            var lesson = training(other, fresh);
            lesson.stage(1, "task1", ToyTasks.samples(1, 4), 1, 0.05);
            lesson.open(SECOND);
            assertNotEquals(numbers(fresh.cards().get(1)), numbers(fresh.cards().get(2)));
        }
    }

    @Test
    void trainingTakesTheOwnExpertWhateverItsKeyAndAnsweringTheNearest() {
        twoStages();
        training.open(THIRD);
        var samples = ToyTasks.samples(1, 3); // which are like the first task's key
        var inputs = training.batch(samples).inputs();
        training.learner()
                .prompt(inputs, training.step(THIRD))
                .forEach(prompted -> assertEquals(List.of("general", "task3"), ids(prompted.selection())));
        training.close(THIRD, samples);
        try (var other = new ToyContext(1)) {
            var learned = training(other, pool(true, 1));
            for (var task = 1; task <= 2; task++) {
                learned.stage(task, ToyTasks.name(task), ToyTasks.samples(task, 4), 40, 0.1);
            }
            for (var task = 1; task <= 2; task++) {
                for (var answer : learned.answer(ToyTasks.samples(task, 3))) {
                    assertEquals(List.of("general", "task" + task), ids(answer.selection()));
                }
            }
        }
    }

    private static List<String> ids(Selection selection) {
        return selection.picks().stream().map(pick -> pick.card().id()).toList();
    }

    @Test
    void theTrueTaskChangesNoChoice() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.01);
        training.stage(2, "task2", ToyTasks.samples(2, 4), 3, 0.01);
        SelectorContract.readsNoTask(new DualPromptSelector(), ToyCards.calls(context, ToyTasks.samples(1, 3), pool));
    }

    @Test
    void aSampleChoosesForItself() {
        try (var selector = new DualPromptSelector()) {
            SelectorContract.holdsFor(selector, Set.of(Guidance.IMAGE), 3, 200);
        }
    }

    @Test
    void itLearnsATask() {
        var samples = ToyTasks.samples(1, 6);
        training.open(FIRST, samples);
        var first = training.train(FIRST, samples, 1, 0.1).get("lm");
        var last = training.train(FIRST, samples, 40, 0.1).get("lm");
        assertTrue(last < 0.7 * first, "the loss went from " + first + " to " + last);
    }

    @Test
    void withoutGeneralLayersThereAreExpertsAlone() {
        try (var other = new ToyContext(1)) {
            var site = new Site("expertLayers", List.of(0, 1), 3);
            var experts = new DualPromptPool(general(), site, true, 0, Guidance.TEXT);
            var lesson = training(other, experts);
            var last = lesson.stage(1, "task1", ToyTasks.samples(1, 4), 2, 0.05);
            assertEquals(Set.of("lm"), last.keySet());
            assertEquals(1, experts.cards().size());
            assertEquals(2, experts.cards().get(0).inserts().size());
            assertEquals(
                    1,
                    lesson.answer(ToyTasks.samples(1, 1))
                            .get(0)
                            .selection()
                            .picks()
                            .size());
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
            var fresh = pool(true, 0.6);
            var again = training(other, fresh);
            PoolContract.goesOn(training, pool, again, fresh, ToyTasks.samples(2, 3));
        }
    }

    private static List<Object> numbers(Card card) {
        return card.inserts().stream()
                .map(Prefix.class::cast)
                .<Object>flatMap(prefix ->
                        Stream.of(prefix.keys().duplicate(), prefix.values().duplicate()))
                .toList();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 1, 0.01);
        var deep = new DualPromptPool(general(0), new Site("expertLayers", List.of(2, 3, 4), 3), true, 1, "image");
        refused(
                "\"expertLayers\" of pool.dualprompt is [2, 3, 4], but the backbone has the layers 0 to 1",
                () -> training(context, deep).open(FIRST));
        var none = new DualPromptPool(general(0), new Site("expertLayers", List.of(), 3), true, 1, "image");
        refused("is empty", () -> training(context, none).open(FIRST));
        var longer = new DualPromptPool(general(0), new Site("expertLayers", List.of(1), 4), true, 1, "image");
        refused("sizes are not those", () -> context.start(longer).load(pool.save()));
    }

    private static void refused(String why, Runnable work) {
        var message = assertThrows(KarutaException.class, work::run).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void itCostsTheGeneralPromptOnceAndAnExpertPerTask() {
        assertEquals(Footprint.NONE, pool.footprint());
        var general = 2L * 2 * ToyContext.HIDDEN;
        var expert = 2L * 3 * ToyContext.HIDDEN + ToyContext.FEATURES;
        for (var task = 1; task <= 2; task++) {
            training.stage(task, ToyTasks.name(task), ToyTasks.samples(task, 4), 1, 0.01);
            assertEquals(new Footprint(general + expert, general + task * expert, 0, 0), pool.footprint());
        }
    }
}
