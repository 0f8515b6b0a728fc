package karuta.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import karuta.api.Backbone;
import karuta.api.Card;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Pixels;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.ReferenceScorer;
import karuta.api.Sample;
import karuta.api.Selection;
import karuta.api.Task;
import karuta.engine.features.FrozenModels;
import karuta.engine.toy.PassingBackbone;
import karuta.engine.toy.Pupil;
import karuta.engine.toy.PupilBackbone;
import karuta.engine.toy.Toys;
import karuta.kit.ToyContext;
import karuta.study.KarutaFactory;
import karuta.study.Training;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentinelTest {

    private static final int ANSWERS = 4;

    @TempDir
    private Path cache;

    private ToyContext toys;
    private FrozenModels frozen;
    private final List<Evaluation> evaluations = new ArrayList<>();

    @BeforeEach
    void open() {
        toys = new ToyContext(1);
        frozen = new FrozenModels(new PupilBackbone(toys.backbone()), toys.encoder(), "", cache);
    }

    @AfterEach
    void close() {
        frozen.close();
        toys.close();
    }

    /** Trains nothing; answers and cards are numbers that are made of a whole batch. */
    private record Fixed(ToyContext toys, Function<List<Input>, int[]> cards, Function<List<Input>, int[]> answers)
            implements Learner {

        @Override
        public List<PromptedInput> prompt(List<Input> inputs) {
            var chosen = cards.apply(inputs);
            var said = answers.apply(inputs);
            return IntStream.range(0, inputs.size())
                    .mapToObj(i -> {
                        var logits = new float[ANSWERS];
                        logits[said[i]] = 9;
                        NDArray row = Tensors.of(toys.manager(), logits).expandDims(0);
                        var card = new Card("card" + chosen[i], Optional.empty(), false, Map.of(), List.of());
                        return new PromptedInput(
                                inputs.get(i),
                                List.of(new Insert.Tokens(row)),
                                new Selection(List.of(new Selection.Pick(card, 0.25))));
                    })
                    .toList();
        }
    }

    /** What depends on the sample alone. */
    private static int[] own(List<Input> inputs) {
        return inputs.stream().mapToInt(input -> letter(input) % ANSWERS).toArray();
    }

    private static int letter(Input input) {
        return input.query().instruction().charAt(0);
    }

    private static int[] same(List<Input> inputs, int number) {
        return inputs.stream().mapToInt(input -> number).toArray();
    }

    private static Training training() {
        var training = KarutaFactory.eINSTANCE.createTraining();
        training.setRate(0.3);
        training.setEpochs(1);
        training.setBatch(3);
        return training;
    }

    private List<Evaluation> run(Learner learner, FrozenModels models, boolean analysis, Task... tasks) {
        learner.start(toys);
        evaluations.clear();
        var all = new Tasks(List.of(tasks), List.of(), Map.of("exact", (ReferenceScorer)
                (answer, reference) -> answer.equals(reference) ? 1 : 0));
        new ContinualLoop(
                        learner,
                        () -> Map.of("learner", learner.save()),
                        all,
                        models,
                        new ContinualLoop.Plan(
                                1, training(), analysis, false, new ContinualLoop.Suspects("who chooses", "the rest")),
                        (result, evaluation, states) -> evaluations.add(evaluation),
                        RunListener.NOBODY,
                        Bookmark.NONE)
                .run();
        return evaluations;
    }

    private void fails(Learner learner, String who, Task... tasks) {
        var failure = assertThrows(KarutaException.class, () -> run(learner, frozen, false, tasks));
        assertTrue(failure.getMessage().startsWith(who), failure.getMessage());
        assertTrue(failure.getMessage().contains("So the task is known at inference."), failure.getMessage());
    }

    private void fails(Learner learner, String who) {
        fails(learner, who, Toys.task(0), Toys.task(1), Toys.task(2));
    }

    @Test
    void whoKeepsToHisSampleIsVerified() {
        run(new Fixed(toys, SentinelTest::own, SentinelTest::own), frozen, false, Toys.task(0), Toys.task(1));
        assertEquals(2, evaluations.get(0).verified());
        assertEquals(0, evaluations.get(1).verified(), "nothing was asked as nothing had changed");
    }

    @Test
    void whoChoosesForTheBatchByItsFirstSampleIsNamed() {
        fails(
                new Fixed(toys, inputs -> same(inputs, letter(inputs.get(0))), SentinelTest::own),
                "who chooses chose [card");
    }

    @Test
    void whoAnswersByTheWholeBatchIsNamed() {
        fails(
                new Fixed(
                        toys,
                        inputs -> same(inputs, 0),
                        inputs -> same(
                                inputs,
                                (int) inputs.stream()
                                                .mapToInt(SentinelTest::letter)
                                                .distinct()
                                                .count()
                                        - 1)),
                "the rest answered \"a!\" when its task was asked alone, and \"b!\" among samples of other tasks: sample ");
    }

    @Test
    void whoCountsIsCaught() {
        var asked = new int[1];
        fails(
                new Fixed(
                        toys,
                        inputs -> same(inputs, 0),
                        inputs -> inputs.stream()
                                .mapToInt(input -> asked[0]++ / 5 % ANSWERS) // a task has five samples
                                .toArray()),
                "the rest answered ");
    }

    @Test
    void whoReadsPathsIsCaught() {
        fails(
                new Fixed(
                        toys,
                        inputs -> same(inputs, 0),
                        inputs -> inputs.stream()
                                .mapToInt(input -> Integer.parseInt(
                                        input.query().images().get(0).path().orElseThrow()))
                                .toArray()),
                "the rest answered ",
                lying(Toys.task(0), "0"),
                lying(Toys.task(1), "1"));
    }

    private static Task lying(Task task, String folder) {
        var test = task.test().stream()
                .map(sample -> sample.with(new Query(
                        Optional.of(new Filed(sample.query().images().get(0), folder)),
                        sample.query().instruction())))
                .toList();
        return task.with(task.train(), test);
    }

    private record Filed(Image image, String folder) implements Image {

        @Override
        public String fingerprint() {
            return image.fingerprint();
        }

        @Override
        public Optional<String> path() {
            return Optional.of(folder);
        }

        @Override
        public Pixels pixels() {
            return image.pixels();
        }
    }

    @Test
    void anArmThatMayBeToldTheTaskIsExempt() {
        var learner = new Fixed(toys, inputs -> same(inputs, letter(inputs.get(0))), SentinelTest::own);
        run(learner, frozen, true, Toys.task(0), Toys.task(1));
        assertEquals(0, evaluations.get(0).verified());
    }

    @Test
    void whatABackboneRoundsIsHeldAgainstNobody() {
        var rounding = new Rounding(new PupilBackbone(toys.backbone()));
        try (var models = new FrozenModels(rounding, toys.encoder(), "", cache)) {
            run(new Fixed(toys, SentinelTest::own, SentinelTest::own), models, false, Toys.task(0), Toys.task(1));
        }
        assertEquals(2, evaluations.get(0).verified());
    }

    /** Says something else in a batch of another size, though all is equally likely. */
    private record Rounding(Backbone toy) implements PassingBackbone {

        @Override
        public List<String> generate(List<PromptedInput> batch) {
            return batch.stream().map(sample -> batch.size() == 2 ? "b!" : "a!").toList();
        }
    }

    @Test
    void noNumberOfARunChanges() {
        var tasks = new Task[] {Toys.task(0), Toys.task(1), Toys.task(2)};
        var without = List.copyOf(run(new Pupil(), frozen, true, tasks));
        var with = run(new Pupil(), frozen, false, tasks);
        assertEquals(4, with.size());
        for (var i = 0; i < with.size(); i++) {
            assertEquals(2, with.get(i).verified());
            assertEquals(without.get(i).predictions(), with.get(i).predictions());
            assertEquals(without.get(i).values(), with.get(i).values());
        }
    }

    @Test
    void oneOfAHundredAnswersIsAskedAgainAtLeastTwo() {
        var many = new ArrayList<Sample>();
        for (var i = 0; i < 60; i++) {
            many.addAll(Toys.task(1).test());
        }
        var large = Toys.task(1).with(Toys.task(1).train(), many);
        run(new Fixed(toys, SentinelTest::own, SentinelTest::own), frozen, false, Toys.task(0), large);
        assertEquals(3, evaluations.get(0).verified());
    }
}
