package karuta.prompt.outsider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.api.Answer;
import karuta.api.Card;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.Insert;
import karuta.api.Insert.Tokens;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Sample;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.kit.SelectorContract;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.prompt.PromptLearner;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody who is new to Karuta writes for a method of his own, and that it is little. */
class OutsiderTest {

    private final ToyContext context = new ToyContext(1);

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void aSelectorTakesAtMostTwelveLines() throws IOException {
        assertTakesAtMost(12, TextOnly.class);
    }

    @Test
    void aLossTermOverAnyLearnerTakesAtMostFifteenLines() throws IOException {
        assertTakesAtMost(15, SmallValues.class);
    }

    @Test
    void aPoolWithAnotherInitialisationTakesAtMostFortyLines() throws IOException {
        assertTakesAtMost(40, QuestionPool.class);
    }

    /** Lines that hold anything but imports, the package and comments. */
    private static void assertTakesAtMost(int most, Class<?> example) throws IOException {
        var folder = Path.of(System.getProperty("basedir", ".")).resolve("test");
        var source = folder.resolve(example.getName().replace('.', '/') + ".java");
        var lines = Files.readAllLines(source).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("import ") && !line.startsWith("package "))
                .filter(line -> !line.startsWith("/*") && !line.startsWith("*") && !line.startsWith("//"))
                .collect(Collectors.toList());
        assertTrue(lines.size() > 5 && lines.size() <= most, source + " has " + lines.size() + " lines");
    }

    @Test
    void theSelectorChoosesByTheInstruction() {
        SelectorContract.holdsForManySizes(new TextOnly(), Set.of(Guidance.TEXT));
        var training = prompting();
        for (var task = 1; task <= 4; task++) {
            training.stage(task, ToyTasks.name(task), ToyTasks.samples(task, 6), 3, 0.05);
        }
        for (var task = 1; task <= 4; task++) {
            for (var answer : training.answer(ToyTasks.samples(task, 4))) {
                var picks = answer.selection().picks();
                assertEquals(3, picks.size());
                assertEquals("stage " + task, picks.get(2).card().id());
            }
        }
    }

    @Test
    void thePoolStartsWithWordsAndLearns() {
        var training = prompting();
        var samples = ToyTasks.samples(1, 6);
        var stage = new Stage(1, List.of("task1"));
        NDArray start = training.open(stage, samples).get(0).value();
        var ids = samples.get(0)
                .query()
                .instruction()
                .chars()
                .mapToLong(c -> c - ' ' + 2)
                .toArray();
        NDArray words = Ops.rows(context.backbone().embeddings(), Tensors.of(context.manager(), ids));
        assertEquals(words, start);
        var first = training.train(stage, samples, 1, 0.1).get("lm");
        var last = training.train(stage, samples, 40, 0.1).get("lm");
        training.close(stage, samples);
        assertTrue(last < 0.7 * first, "the loss went from " + first + " to " + last);
    }

    @Test
    void thePoolGoesOnFromASavedState() {
        var training = prompting();
        var samples = ToyTasks.samples(1, 6);
        training.stage(1, "task1", samples, 5, 0.05);
        training.stage(2, "task2", ToyTasks.samples(2, 6), 5, 0.05);
        var texts = texts(training, samples);
        var saved = context.part(PromptPool.class);
        try (var again = new ToyContext(1)) {
            var fresh = prompting(again);
            again.part(PromptPool.class).load(saved.save());
            assertEquals(contents(saved), contents(again.part(PromptPool.class)));
            assertEquals(texts, texts(fresh, samples));
        }
    }

    @Test
    void theLossTermKeepsTheParametersOfALearnerSmall() {
        assertTrue(size(true) < size(false));
    }

    private static float size(boolean small) {
        try (var context = new ToyContext(1)) {
            context.with(Learner.class, new ToyLearner());
            var training =
                    new ToyTraining(small ? context.start(new SmallValues()) : context.part(Learner.class), context);
            var losses = training.stage(1, "task1", ToyTasks.samples(1, 6), 30, 0.05);
            assertEquals(small, losses.containsKey("small"));
            return training.learner().trainable().get(0).value().square().mean().getFloat();
        }
    }

    private ToyTraining prompting() {
        return prompting(context);
    }

    private static ToyTraining prompting(ToyContext context) {
        context.with(PromptPool.class, new QuestionPool())
                .with(Selector.class, new TextOnly())
                .with(
                        Fusion.class,
                        (samples, cards) -> samples.stream()
                                .map(sample -> sample.selection().picks().stream()
                                        .<Insert>flatMap(pick -> pick.card().inserts().stream())
                                        .toList())
                                .toList());
        return new ToyTraining(context.start(new PromptLearner()), context);
    }

    private static List<String> texts(ToyTraining training, List<Sample> samples) {
        return training.answer(samples).stream().map(Answer::text).toList();
    }

    private static List<Object> contents(PromptPool pool) {
        var contents = pool.cards().stream().map(OutsiderTest::content).toList();
        assertNotEquals(contents.get(0), contents.get(1));
        return List.copyOf(contents);
    }

    private static List<Object> content(Card card) {
        NDArray prompt = ((Tokens) card.inserts().get(0)).embeddings();
        return List.of(card.id(), card.task(), card.trainable(), card.keys(), prompt);
    }
}
