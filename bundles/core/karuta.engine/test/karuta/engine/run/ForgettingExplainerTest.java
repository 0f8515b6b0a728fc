package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.PromptedInput;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.engine.catalog.Kind;
import karuta.engine.plan.Planner;
import karuta.engine.toy.Toys;
import karuta.metrics.forgetting.Explanation;
import karuta.metrics.forgetting.Explanation.OldTask;
import karuta.metrics.forgetting.Explanation.Prompts;
import karuta.metrics.forgetting.ForgettingParts;
import karuta.study.file.StudyReader;
import karuta.study.record.RunFolder;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forgetting with causes that were planted. In the toys' world the answer to every sample of task i is the i-th letter. */
class ForgettingExplainerTest {

    private static final int GARBAGE = 3;

    @TempDir
    private Path folder;

    private Toys toys;

    @BeforeEach
    void open() {
        toys = toys(cards -> cards.get(cards.size() - 1));
    }

    @AfterEach
    void close() {
        toys.close();
    }

    private static Toys toys(Function<List<Card>, Card> choice) {
        var toys = new Toys();
        toys.shelf()
                .with(Kind.LEARNER, "caller", options -> new Caller())
                .with(Kind.SELECTOR, "chosen", options -> new Chosen(choice))
                .with(Kind.SELECTOR, "random", options -> new Random())
                .with(Kind.POOL, "constant", options -> new Sayings(false, false))
                .with(Kind.POOL, "spoiled", options -> new Sayings(true, false))
                .with(Kind.POOL, "shared", options -> new Sayings(false, true));
        return toys;
    }

    /** Asks a pool and a selector, and says what the last card says. */
    private static final class Caller extends StrategyBase implements Learner {

        @Override
        public void beginStage(Stage stage, StageData data) {
            context().part(PromptPool.class).beginStage(stage, data);
        }

        @Override
        public List<PromptedInput> prompt(List<Input> inputs) {
            var cards = Cards.of(context().part(PromptPool.class).cards());
            if (cards.size() == 0) {
                return inputs.stream()
                        .map(input -> new PromptedInput(input, List.of()))
                        .toList();
            }
            var calls = inputs.stream()
                    .map(input -> new Call(
                            input.guidance(),
                            cards,
                            context().random("caller").fork(input.key()).fork(cards.size()),
                            input.trueTask()))
                    .toList();
            var chosen = context().part(Selector.class).select(new Calls(cards, calls));
            return IntStream.range(0, inputs.size())
                    .mapToObj(i -> new PromptedInput(inputs.get(i), said(chosen.get(i)), chosen.get(i)))
                    .toList();
        }

        private static List<Insert> said(Selection chosen) {
            return chosen.picks().get(chosen.picks().size() - 1).card().inserts();
        }
    }

    private record Chosen(Function<List<Card>, Card> choice) implements Selector {

        @Override
        public List<Selection> select(Calls calls) {
            return calls.each(call ->
                    new Selection(List.of(new Pick(choice.apply(call.cards().all()), 0.5))));
        }
    }

    private record Random() implements Selector {

        @Override
        public List<Selection> select(Calls calls) {
            return calls.each(call -> new Selection(List.of(new Pick(
                    call.cards().get(call.random().below(call.cards().size(), 0)), 0.5))));
        }
    }

    /**
     * A card for each task that says the task's letter. In a spoiled pool all but the newest say nonsense, and there is one that
     * belongs to nobody; a shared pool has that one alone, and it says the newest task's letter.
     */
    private static final class Sayings extends StrategyBase implements PromptPool {

        private final boolean spoiled;
        private final boolean shared;
        private final List<Integer> tasks = new ArrayList<>();
        private List<Card> cards = List.of();

        Sayings(boolean spoiled, boolean shared) {
            this.spoiled = spoiled;
            this.shared = shared;
        }

        @Override
        public void beginStage(Stage stage, StageData data) {
            stage.tasks().forEach(task -> tasks.add(Integer.valueOf(task.substring("task".length()))));
            make();
        }

        private void make() {
            var made = new ArrayList<Card>();
            var newest = tasks.get(tasks.size() - 1);
            if (spoiled || shared) {
                made.add(card("all", Optional.empty(), newest));
            }
            if (!shared) {
                tasks.forEach(task -> made.add(
                        card("card" + task, Optional.of("task" + task), spoiled && task != newest ? GARBAGE : task)));
            }
            cards = List.copyOf(made);
        }

        private Card card(String id, Optional<String> task, int letter) {
            var logits = new float[GARBAGE + 1];
            logits[letter] = 1;
            var says = Tensors.of(context().manager(), logits, new Shape(1, logits.length));
            return new Card(
                    id,
                    task,
                    false,
                    Map.of(),
                    List.of(new Insert.Tokens(context().keep(says))));
        }

        @Override
        public List<Card> cards() {
            return cards;
        }

        @Override
        public State save() {
            return tasks.isEmpty()
                    ? State.EMPTY
                    : new State(
                            Map.of(),
                            Map.of(
                                    "tasks",
                                    String.join(
                                            " ",
                                            tasks.stream().map(String::valueOf).toList())));
        }

        @Override
        public void load(State state) {
            tasks.clear();
            Optional.ofNullable(state.metadata().get("tasks")).ifPresent(kept -> {
                List.of(kept.split(" ")).forEach(task -> tasks.add(Integer.valueOf(task)));
                make();
            });
        }
    }

    private RunFolder run(String arm) {
        return run(toys, "toy", 1, arm);
    }

    private RunFolder run(Toys world, String encoder, int seed, String arm) {
        var study = """
            study: toys
            seeds: [%d]
            backbone: toy
            encoder: %s
            benchmark: toys
            training: {rate: 0.3, epochs: 3, batch: 3}
            arms:
              arm: %s
            """.formatted(seed, encoder, arm);
        var plan = Planner.plan(world.shelf(), StudyReader.parse("toys.yaml", study));
        var options = new RunOptions(folder.resolve("out"), folder.resolve("cache"), 1, false, false);
        var outcome = new StudyRunner(world.shelf(), plan, options, StudyListener.NOBODY, new CancellationToken())
                .run()
                .get(0);
        assertTrue(outcome.finished(), outcome.toString());
        return outcome.folder().orElseThrow();
    }

    private Explanation explain(Toys world, RunFolder run) {
        try (var explainer = explainer(world)) {
            return checked(run, explainer.explain(run));
        }
    }

    private ForgettingExplainer explainer(Toys world) {
        return new ForgettingExplainer(
                world.shelf(), folder.resolve("cache"), StudyListener.NOBODY, new CancellationToken());
    }

    private static Explanation checked(RunFolder run, Explanation explanation) {
        var matrix = run.read().getMatrix().getRows();
        for (var i = 0; i < explanation.tasks().size(); i++) {
            var learned = matrix.get(i + 1).getScores().get(i);
            var now = matrix.get(3).getScores().get(i);
            var task = explanation.tasks().get(i);
            assertEquals(learned - now, task.parts().total(), 1e-12, "the parts are the whole");
            assertEquals(
                    learned - now, task.form().orElseThrow() + task.content().orElseThrow(), 1e-12);
        }
        return explanation;
    }

    private static void assertParts(double routing, double drift, double interference, OldTask task) {
        assertEquals(new ForgettingParts(routing, drift, interference), task.parts(), task.task());
    }

    @Test
    void runsThatShareModelsAndDataLoadThemOnce() {
        var made = new AtomicInteger();
        try (var world = new Toys()) {
            world.shelf().with(Kind.ENCODER, "counted", options -> {
                made.incrementAndGet();
                return world.context().encoder();
            });
            var first = run(world, "counted", 1, "{learner: pupil}");
            var second = run(world, "counted", 2, "{learner: pupil}");
            var before = made.get();
            try (var explainer = explainer(world)) {
                checked(first, explainer.explain(first));
                checked(second, explainer.explain(second));
                checked(first, explainer.explain(first));
            }
            assertEquals(1, made.get() - before);
        }
    }

    @Test
    void aSelectorThatTakesTheNewestCardForgetsByRoutingAlone() {
        var explanation = explain(toys, run("{learner: caller, pool: constant, selector: chosen}"));
        assertTrue(explanation.routing());
        assertEquals(Prompts.CONSTANT, explanation.prompts());
        assertEquals(2, explanation.tasks().size(), "the last task is no old one");
        assertEquals(10, explanation.checked());
        explanation.tasks().forEach(task -> assertParts(1, 0, 0, task));
    }

    @Test
    void whatWasChosenWrongWhenItWasLearnedIsInterferenceBelowZero() {
        var run = run("{learner: caller, pool: constant, selector: random}");
        var right = new int[2][2];
        run.forEachPrediction(prediction -> {
            var task = Integer.parseInt(prediction.task().substring("task".length()));
            var own = prediction.best().stream().anyMatch(card -> card.card().equals("card" + task));
            if (task < 2 && prediction.stage() == task + 1) {
                right[task][0] += own ? 1 : 0;
            }
            if (task < 2 && prediction.stage() == 3) {
                right[task][1] += own ? 1 : 0;
            }
        });
        var explanation = explain(toys, run);
        for (var task = 0; task < 2; task++) {
            var parts = explanation.tasks().get(task).parts();
            assertEquals(1 - right[task][1] / 5.0, parts.routing(), 1e-12);
            assertEquals(right[task][0] / 5.0 - 1, parts.interference(), 1e-12);
        }
        assertTrue(right[0][1] < 5 && right[1][1] < 5, "the draws have something to show");
    }

    @Test
    void aSharedCardThatGoesOnLearningForgetsByDriftAndHasNoRouting() {
        var run = run("{learner: caller, pool: shared, selector: chosen}");
        assertTrue(new KeptCards(run).has(1));
        var explanation = explain(toys, run);
        assertFalse(explanation.routing());
        assertEquals(Prompts.KEPT, explanation.prompts());
        explanation.tasks().forEach(task -> assertParts(0, 1, 0, task));
    }

    @Test
    void whereChoiceAndPromptsAreBothWrongEachTakesHalf() {
        var explanation = explain(toys, run("{learner: caller, pool: spoiled, selector: chosen}"));
        assertTrue(explanation.routing());
        assertEquals(Prompts.KEPT, explanation.prompts());
        explanation.tasks().forEach(task -> assertParts(0.5, 0.5, 0, task));
    }

    @Test
    void withoutCardsAllIsInterference() {
        var explanation = explain(toys, run("{learner: pupil}"));
        assertFalse(explanation.routing());
        assertEquals(Prompts.NONE, explanation.prompts());
        explanation
                .tasks()
                .forEach(task -> assertParts(
                        0, 0, task.scores().learned() - task.scores().actual(), task));
    }

    @Test
    void withoutTheEarlierCardsItIsSaidThatDriftIsNotKnown() throws Exception {
        var run = run("{learner: caller, pool: shared, selector: chosen}");
        Files.delete(run.path().resolve("cards-1.safetensors"));
        var explanation = explain(toys, run);
        assertEquals(Prompts.LOST, explanation.prompts());
        explanation.tasks().forEach(task -> assertParts(0, 0, 1, task));
    }

    @Test
    void theLogTellsOfAChoiceThatHasCollapsedAndOfCardsThatNobodyTakes() throws Exception {
        var log = Files.readString(run("{learner: caller, pool: constant, selector: chosen}")
                .path()
                .resolve("log.txt"));
        assertTrue(log.contains("stage 1: cards in use, in effect: 1.0 of 1; taken most: card0 (100.0 %)"), log);
        assertFalse(log.contains("after stage 1"), log);
        assertTrue(
                log.contains("arm, seed 1: after stage 2, the card card1 is the best one for 100.0 % of all samples"),
                log);
        assertTrue(log.contains("arm, seed 1: after stage 3, no sample takes card0, card1"), log);
    }

    @Test
    void aRunThatWouldAnswerOtherwiseHereIsNotExplained() {
        var run = run("{learner: caller, pool: constant, selector: chosen}");
        try (var others = toys(cards -> cards.get(0))) {
            var refused = assertThrows(KarutaException.class, () -> explain(others, run));
            assertTrue(
                    refused.getMessage().contains("5 of 5 predictions of \"task0\" are not those of the record")
                            || refused.getMessage().contains("predictions of \"task1\""),
                    refused.getMessage());
        }
    }

    @Test
    void theRightCardTakesTheBestSeatAndNoOtherChoiceIsTouched() {
        var steering = new Steering();
        var cards = Cards.of(IntStream.range(0, 4)
                .mapToObj(i -> new Card(
                        "card" + i, i == 3 ? Optional.empty() : Optional.of("task" + i), false, Map.of(), List.of()))
                .toList());
        steering.set(Optional.of("task0"), List.of());
        assertEquals("1.0 0.0", steered(steering, cards, 0, 1), "moved up");
        assertEquals("2.0 0.0", steered(steering, cards, 1, 2), "the lowest gives way");
        assertEquals("0.0", steered(steering, cards, 2));
        assertEquals("2.0 0.0", steered(steering, cards, 2, 0), "right already");
        assertEquals("3.0 0.0", steered(steering, cards, 3, 1), "a card without a task keeps its seat");
        assertEquals("3.0 0.NaN", steered(steering, cards, 3));
        var upside = new Selection(List.of(new Pick(cards.get(1), 0.9), new Pick(cards.get(0), 0.1)));
        assertEquals(
                List.of("card0", "card1"),
                steering.right(upside, cards).picks().stream()
                        .map(pick -> pick.card().id())
                        .toList(),
                "the best seat is that of the highest score, wherever it stands");
        steering.set(Optional.of("task7"), List.of());
        assertEquals("1.0 2.0", steered(steering, cards, 1, 2), "there is no card of this task");
        steering.set(Optional.empty(), List.of());
        assertEquals("1.0 2.0", steered(steering, cards, 1, 2));
    }

    /** The numbers of the cards, and after the point whether their seat has kept its score. */
    private static String steered(Steering steering, Cards cards, int... chosen) {
        var picks = IntStream.range(0, chosen.length)
                .mapToObj(i -> new Pick(cards.get(chosen[i]), i))
                .toList();
        var right = steering.right(new Selection(picks), cards).picks();
        return String.join(
                " ",
                IntStream.range(0, right.size())
                        .mapToObj(i -> right.get(i).card().id().substring(4) + "."
                                + (Double.isNaN(right.get(i).score())
                                        ? "NaN"
                                        : String.valueOf((int) right.get(i).score() - i)))
                        .toList());
    }
}
