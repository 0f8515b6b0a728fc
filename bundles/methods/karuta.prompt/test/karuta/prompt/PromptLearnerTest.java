package karuta.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Fusion;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Insert.Tokens;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.PromptedInput;
import karuta.api.Sample;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import karuta.kit.ToyTaskPool;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.tensor.Autograd;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromptLearnerTest {

    private static final Stage SECOND = new Stage(2, List.of("task2"));

    private final ToyContext context = new ToyContext(1);
    private final Shelf pool = new Shelf();
    private final Everything selector = new Everything();
    private final PromptLearner learner = context.with(PromptPool.class, pool)
            .with(Selector.class, selector)
            .with(Fusion.class, new OneAfterTheOther())
            .start(new PromptLearner());
    private final ToyTraining training = new ToyTraining(learner, context);

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void withoutCardsItAnswersAsTheFrozenModelAndAsksNobody() {
        var samples = ToyTasks.samples(1, 3);
        assertEquals(generate(samples, List.of()), texts(training.answer(samples)));
        assertTrue(selector.calls.isEmpty());
    }

    @Test
    void itTrainsWithTheOpenCardAndAnswersWithoutIt() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 1, 0.01);
        training.open(SECOND);
        selector.calls.clear();
        training.train(SECOND, ToyTasks.samples(2, 4), 1, 0.01);
        assertEquals(4, selector.calls.size());
        selector.calls.forEach(call -> assertEquals(List.of("1", "2 open"), names(call)));

        selector.calls.clear();
        var samples = ToyTasks.samples(2, 3);
        var answers = training.answer(samples);
        selector.calls.forEach(call -> assertEquals(List.of("1"), names(call)));
        assertEquals(generate(samples, pool.cards().subList(0, 1)), texts(answers));
        answers.forEach(answer -> assertEquals(1, answer.selection().picks().size()));

        training.close(SECOND, samples);
        assertEquals(generate(samples, pool.cards()), texts(training.answer(samples)));
    }

    @Test
    void theLossIsTheLanguageModelsPlusThoseOfPoolSelectorAndFusion() {
        training.open(SECOND);
        var samples = ToyTasks.samples(2, 3);
        var losses = training.losses(training.batch(samples), training.step(SECOND));
        assertEquals(Set.of("lm", "shelf", "pull", "picks"), losses.keySet());
        var prompted = prompted(samples, pool.cards());
        var expected = context.backbone()
                .score(prompted, samples.stream().map(Sample::answer).toList());
        assertEquals(expected.loss().getFloat(), losses.get("lm").getFloat(), 1e-6);
        assertEquals(3, losses.get("shelf").getFloat()); // one per guidance
        var pulls =
                selector.calls.stream().mapToDouble(Everything::pull).average().orElseThrow();
        assertEquals(pulls, losses.get("pull").getFloat(), 1e-6);
        assertEquals(3, losses.get("picks").getFloat()); // one card for each of three samples
    }

    @Test
    void theLossReachesTheOpenPromptForOneExampleAsForMany() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 1, 0.01);
        training.open(SECOND);
        for (var n : List.of(1, 3)) {
            assertTrue(training.gradients(SECOND, ToyTasks.samples(2, n)).get("2") > 0, n + " examples");
        }
    }

    @Test
    void drawsOfASampleDependOnItsContentAloneWhenAnswering() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 1, 0.01);
        var samples = ToyTasks.samples(3, 5);
        selector.calls.clear();
        training.answer(samples);
        var together = selector.calls.stream().map(Call::random).toList();
        selector.calls.clear();
        for (var i = samples.size() - 1; i >= 0; i--) {
            training.answer(samples.subList(i, i + 1));
        }
        var alone = new ArrayList<>(selector.calls.stream().map(Call::random).toList());
        Collections.reverse(alone);
        assertEquals(together, alone);
        assertEquals(5, Set.copyOf(together).size());
    }

    @Test
    void drawsOfASampleChangeFromStepToStepInTraining() {
        training.open(SECOND);
        training.train(SECOND, ToyTasks.samples(2, 1), 3, 0.01);
        assertEquals(3, selector.calls.stream().map(Call::random).distinct().count());
    }

    @Test
    void anAnswerDoesNotDependOnTheOthersInTheBatch() {
        for (var t = 1; t <= 3; t++) {
            training.stage(t, ToyTasks.name(t), ToyTasks.samples(t, 6), 8, 0.05);
        }
        var samples = new ArrayList<Sample>();
        IntStream.rangeClosed(1, 4).forEach(t -> samples.addAll(ToyTasks.samples(t, 3)));
        var together = texts(training.answer(samples));
        for (var i = samples.size() - 1; i >= 0; i--) {
            assertEquals(together.subList(i, i + 1), texts(training.answer(samples.subList(i, i + 1))));
        }
        assertNotEquals(1, Set.copyOf(together).size());
    }

    @Test
    void theTruthGoesOnlyWhereTheInputCarriesIt() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 1, 0.01);
        selector.calls.clear();
        var seen = context.encode(ToyTasks.samples(1, 1).get(0).query());
        var told = new Input(seen.key(), seen.query(), seen.vision(), seen.guidance(), Optional.of("task1"));
        Autograd.noGrad(() -> learner.prompt(List.of(seen, told)));
        assertEquals(
                List.of(Optional.empty(), Optional.of("task1")),
                selector.calls.stream().map(Call::trueTask).toList());
    }

    @Test
    void itCostsWhatItsPoolCosts() {
        training.open(SECOND);
        assertEquals(new Footprint(5, 6, 7, 8), learner.footprint());
    }

    @Test
    void afterASavedStateItCostsWhatItCostBefore() {
        try (var before = new ToyContext(1);
                var after = new ToyContext(1)) {
            var learned = playingCosts(before);
            learned.stage(1, "task1", ToyTasks.samples(1, 4), 1, 0.01);
            var fresh = playingCosts(after);
            after.load(before.save());
            assertEquals(
                    7,
                    learned.learner().footprint().stored()
                            - before.part(PromptPool.class).footprint().stored());
            assertEquals(learned.learner().footprint(), fresh.learner().footprint());
        }
    }

    /** With a selector that stores seven numbers. */
    private static ToyTraining playingCosts(ToyContext context) {
        context.with(PromptPool.class, new ToyTaskPool())
                .<Selector>with(Selector.class, new Selector() {
                    @Override
                    public List<Selection> select(Calls calls) {
                        return calls.trained();
                    }

                    @Override
                    public Footprint footprint() {
                        return new Footprint(0, 7, 0, 0);
                    }
                })
                .<Fusion>with(Fusion.class, ToyCards::concat);
        return new ToyTraining(context.start(new PromptLearner()), context);
    }

    private List<String> generate(List<Sample> samples, List<Card> cards) {
        return context.backbone().generate(prompted(samples, cards));
    }

    private List<PromptedInput> prompted(List<Sample> samples, List<Card> cards) {
        var inserts = cards.stream().flatMap(card -> card.inserts().stream()).toList();
        return samples.stream()
                .map(sample -> new PromptedInput(context.encode(sample.query()), inserts))
                .toList();
    }

    private static List<String> texts(List<Answer> answers) {
        return answers.stream().map(Answer::text).toList();
    }

    private static List<String> names(Call call) {
        return call.cards().all().stream()
                .map(card -> card.id() + (card.trainable() ? " open" : ""))
                .toList();
    }

    /** Chooses every card, remembers the calls, and adds a loss term. */
    private static final class Everything extends StrategyBase implements Selector {

        private final List<Call> calls = new ArrayList<>();

        @Override
        public List<Selection> select(Calls asked) {
            calls.addAll(asked.samples());
            return asked.each(call -> new Selection(call.cards().all().stream()
                    .map(card -> new Pick(card, pull(call)))
                    .toList()));
        }

        static double pull(Call call) {
            return call.random().uniform(0);
        }

        /** The mean of what it drew. */
        @Override
        public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
            var mean = forward.selections().stream()
                    .mapToDouble(selection -> selection.picks().get(0).score())
                    .average()
                    .orElseThrow();
            return Map.of("pull", Tensors.of(context().manager(), (float) mean).sum());
        }
    }

    /** Takes every chosen card as it is, and adds a loss term. */
    private static final class OneAfterTheOther extends StrategyBase implements Fusion {

        @Override
        public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
            return samples.stream()
                    .map(sample -> sample.selection().picks().stream()
                            .flatMap(pick -> pick.card().inserts().stream())
                            .toList())
                    .toList();
        }

        @Override
        public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
            var picks = forward.selections().stream()
                    .mapToInt(selection -> selection.picks().size())
                    .sum();
            return Map.of(
                    "picks", Tensors.of(context().manager(), (float) picks).sum());
        }
    }

    /** One prompt per stage, without keys. */
    private static final class Shelf extends StrategyBase implements PromptPool {

        private final List<Card> cards = new ArrayList<>();

        @Override
        public void beginStage(Stage stage, StageData data) {
            var numbers = context().random("shelf").fork(stage.number()).normals(2 * ToyContext.HIDDEN);
            var shape = new Shape(2, ToyContext.HIDDEN);
            cards.add(card(stage, true, context().keep(Tensors.of(context().manager(), numbers, shape))));
        }

        private static Card card(Stage stage, boolean open, NDArray prompt) {
            var task = Optional.of(stage.tasks().get(0));
            return new Card(String.valueOf(stage.number()), task, open, Map.of(), List.of(new Tokens(prompt)));
        }

        @Override
        public List<Card> cards() {
            return List.copyOf(cards);
        }

        @Override
        public List<Parameter> trainable() {
            return cards.stream()
                    .filter(Card::trainable)
                    .map(card -> new Parameter(card.id(), prompt(card)))
                    .toList();
        }

        private static NDArray prompt(Card card) {
            return ((Tokens) card.inserts().get(0)).embeddings();
        }

        @Override
        public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
            return Map.of(
                    "shelf",
                    Tensors.of(context().manager(), (float) forward.guidance().size())
                            .sum());
        }

        @Override
        public void endStage(Stage stage, StageData data) {
            var last = cards.remove(cards.size() - 1);
            cards.add(card(stage, false, context().keep(prompt(last))));
        }

        @Override
        public Footprint footprint() {
            return new Footprint(5, 6, 7, 8);
        }
    }
}
