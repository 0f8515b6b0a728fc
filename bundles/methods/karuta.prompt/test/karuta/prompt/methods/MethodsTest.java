package karuta.prompt.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Answer;
import karuta.api.Card;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Prefix;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.prompt.PromptLearner;
import karuta.tensor.Autograd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contracts hold methods of many kinds: each is a small class per seam, and each works. */
class MethodsTest {

    private static final Stage SECOND = new Stage(2, List.of("task2"));

    private final ToyContext context = new ToyContext(1);

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void aThresholdGivesEverySampleAnotherNumberOfCards() {
        var toys = new ToyCards(context.manager());
        var x = toys.closed("x", 1, 0);
        var y = toys.closed("y", 0, 1);
        var selector = new ThresholdSelector(0.6);
        assertEquals(
                1,
                selector.select(toys.call(new float[] {1, 0}, new float[] {1, 0}, x, y))
                        .picks()
                        .size());
        assertEquals(
                2,
                selector.select(toys.call(new float[] {1, 1}, new float[] {1, 1}, x, y))
                        .picks()
                        .size());
        assertEquals(
                0,
                selector.select(toys.call(new float[] {-1, 0}, new float[] {0, 1}, x, y))
                        .picks()
                        .size());
    }

    @Test
    void l2pTrainsPromptsAndKeysOfAllTasks() {
        var training = lesson(new L2pPool(), new L2pSelector(2, 0.5f), MethodsTest::concat);
        learns(training, 1, 0.3);
        training.open(SECOND);
        var gradients = training.gradients(SECOND, ToyTasks.samples(2, 4));
        assertTrue(gradients.get("prompts") > 0 && gradients.get("keys") > 0, gradients.toString());
        assertEquals(2, training.train(SECOND, ToyTasks.samples(2, 4), 1, 0.01).size()); // lm, pull
        training.close(SECOND, ToyTasks.samples(2, 4));
        training.answer(ToyTasks.samples(1, 2))
                .forEach(answer -> assertEquals(2, answer.selection().picks().size()));
    }

    @Test
    void codaTrainsNewComponentsThroughTheWeights() {
        var pool = new CodaPool();
        var training = lesson(pool, new CodaSelector(), new WeightedFusion());
        learns(training, 1, 0.05);
        var old = numbers(pool.cards());
        training.open(SECOND);
        var gradients = training.gradients(SECOND, ToyTasks.samples(2, 4));
        assertEquals(6, gradients.size());
        gradients.forEach(
                (name, largest) -> assertTrue(largest > 0 && name.startsWith("2."), name + " got " + largest));
        training.train(SECOND, ToyTasks.samples(2, 4), 3, 0.05);
        assertEquals(old, numbers(pool.cards().subList(0, 2)));
    }

    @Test
    void dualPromptHasAGeneralCardAndAnExpertAtAnotherLayer() {
        var training = lesson(new DualPromptPool(), new DualPromptSelector(), MethodsTest::concat);
        learns(training, 1, 0.1);
        learns(training, 2, 0.1);
        for (var task = 1; task <= 2; task++) {
            for (var answer : training.answer(ToyTasks.samples(task, 3))) {
                var picks = answer.selection().picks();
                assertEquals(
                        List.of("general", "task" + task),
                        picks.stream().map(pick -> pick.card().id()).toList());
                assertEquals(1, ((Prefix) picks.get(1).card().inserts().get(0)).layer());
            }
        }
    }

    @Test
    void hideChoosesAdaptersInTheTopLayerAndAveragesThoseBelow() {
        var pool = new HidePool();
        var fusion = new HideFusion();
        var training = lesson(pool, new ThresholdSelector(-1), fusion);
        learns(training, 1, 0.1);
        learns(training, 2, 0.1);
        var cards = pool.cards();
        var fused = fusion.fuse(Selection.of(List.of(new Selection.Pick(cards.get(0), 1))), cards);
        assertEquals(2, fused.size());
        NDArray x = context.manager().ones(new Shape(1, 1, ToyContext.HIDDEN));
        var low = sum(fused.get(0), x);
        var top = sum(fused.get(1), x);
        assertEquals(
                (sum(cards.get(0).inserts().get(0), x)
                                + sum(cards.get(1).inserts().get(0), x))
                        / 2,
                low,
                1e-5);
        assertEquals(sum(cards.get(0).inserts().get(1), x), top);
    }

    private static float sum(Insert insert, NDArray x) {
        return Autograd.noGrad(
                () -> ((Insert.Adapter) insert).delta().apply(x).sum().getFloat());
    }

    @Test
    void oLoraAddsUpAdaptersThatAreKeptApart() {
        var training = new ToyTraining(context.start(new OLora()), context);
        learns(training, 1, 0.05);
        training.open(SECOND);
        var first = training.train(SECOND, ToyTasks.samples(2, 6), 1, 0.05).get("orthogonality");
        var last = training.train(SECOND, ToyTasks.samples(2, 6), 40, 0.05).get("orthogonality");
        assertTrue(last < first / 2, first + " to " + last);
    }

    @Test
    void moeLoraAddsWhatDependsOnEachToken() {
        var training = new ToyTraining(context.start(new MoeLora()), context);
        learns(training, 1, 0.05);
    }

    @Test
    void ewcKeepsTheParametersNearerToThePast() {
        assertTrue(moved(1e5) < moved(0) / 2);
    }

    /** How far the parameter moves from the first task in learning the second. */
    private static float moved(double strength) {
        try (var context = new ToyContext(1)) {
            context.with(Learner.class, new ToyLearner());
            var ewc = context.start(new Ewc(strength));
            var training = new ToyTraining(ewc, context);
            training.stage(1, "task1", ToyTasks.samples(1, 6), 20, 0.05);
            var before = context.keep(ewc.trainable().get(0).value());
            training.stage(2, "task2", ToyTasks.samples(2, 6), 20, 0.05);
            return ewc.trainable().get(0).value().sub(before).abs().mean().getFloat();
        }
    }

    @Test
    void lwfIsTaughtByTheOldModelOnNewData() {
        var training = new ToyTraining(context.start(new Lwf()), context);
        assertFalse(training.stage(1, "task1", ToyTasks.samples(1, 6), 20, 0.05).containsKey("distillation"));
        training.open(SECOND);
        assertTrue(training.train(SECOND, ToyTasks.samples(2, 6), 2, 0.05).containsKey("distillation"));
    }

    private <T extends PromptPool> ToyTraining lesson(T pool, Selector selector, Fusion fusion) {
        context.with(PromptPool.class, pool).with(Selector.class, selector).with(Fusion.class, fusion);
        return new ToyTraining(context.start(new PromptLearner()), context);
    }

    /** Trains a stage, which must make its task's answers likelier and change what is said. */
    private static void learns(ToyTraining training, int task, double rate) {
        var samples = ToyTasks.samples(task, 6);
        var plain = texts(training.answer(samples));
        var stage = new Stage(task, List.of(ToyTasks.name(task)));
        training.open(stage);
        var first = training.train(stage, samples, 1, rate).get("lm");
        var last = training.train(stage, samples, 40, rate).get("lm");
        training.close(stage, samples);
        assertTrue(last < 0.7 * first, "the loss went from " + first + " to " + last);
        assertNotEquals(plain, texts(training.answer(samples)));
    }

    private static List<String> texts(List<Answer> answers) {
        return answers.stream().map(Answer::text).toList();
    }

    private static List<Insert> concat(Selection selection, List<Card> cards) {
        return selection.picks().stream()
                .flatMap(pick -> pick.card().inserts().stream())
                .toList();
    }

    private static List<List<Float>> numbers(List<Card> cards) {
        return cards.stream()
                .flatMap(card -> {
                    var prefix = (Prefix) card.inserts().get(0);
                    return Stream.of(card.keys().orElseThrow(), prefix.keys(), prefix.values());
                })
                .map(NDArray::toFloatArray)
                .map(floats -> IntStream.range(0, floats.length)
                        .mapToObj(i -> floats[i])
                        .toList())
                .toList();
    }
}
