package karuta.prompt.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.Batch;
import karuta.api.Cards;
import karuta.api.Forward;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.prompt.PromptLearner;
import karuta.tensor.Autograd;
import karuta.tensor.LoraLayer;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;
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
    void everySelectorChoosesForASampleAlone() {
        SelectorContract.holdsFor(context.start(new HideSelector()), Set.of(), 3, 40);
    }

    @Test
    void hideMixesAdaptersInTheTopLayerAndSumsTheFactorsOfThoseBelow() {
        var pool = new HidePool();
        var fusion = new HideFusion();
        var training = lesson(pool, new HideSelector(), fusion);
        learns(training, 1, 0.1);
        learns(training, 2, 0.1);
        var cards = pool.cards();
        var weights = List.of(0.25f, 0.75f);
        var picks = IntStream.range(0, 2)
                .mapToObj(i -> new Selection.Pick(cards.get(i), 1, Optional.of(scalar(weights.get(i)))))
                .toList();
        var fused = ToyCards.fuse(fusion, new Selection(picks), cards);
        assertEquals(3, fused.size());
        NDArray x = context.manager().ones(new Shape(1, 1, ToyContext.HIDDEN));
        var first = pair(cards.get(0).inserts().get(0));
        var second = pair(cards.get(1).inserts().get(0));
        NDArray factors =
                Autograd.noGrad(() -> x.matMul(first.a().add(second.a()).transpose())
                        .matMul(first.b().add(second.b()).transpose()));
        assertEquals(2 * factors.sum().getFloat(), sum(fused.get(0), x), 1e-4); // alpha / r is 2
        for (var i = 0; i < 2; i++) {
            var top = (Insert.Adapter) fused.get(1 + i);
            assertEquals("layers.1.self_attn.v_proj", top.linear());
            assertEquals(cards.get(i).inserts().get(1), new Insert.Adapter(top.linear(), top.delta()));
            assertEquals(weights.get(i), top.weight().orElseThrow().getFloat());
        }
        var inputs = training.batch(ToyTasks.samples(1, 3)).inputs();
        for (var prompted : training.learner().prompt(inputs)) {
            var mixture = prompted.selection().picks().stream()
                    .mapToDouble(pick -> pick.weight().orElseThrow().getFloat())
                    .toArray();
            var score = prompted.selection().picks().stream()
                    .mapToDouble(Selection.Pick::score)
                    .toArray();
            assertEquals(1, mixture[0] + mixture[1], 1e-6);
            assertEquals((score[0] - score[1]) / 0.1, Math.log(mixture[0] / mixture[1]), 1e-3);
        }
    }

    private NDArray scalar(float number) {
        return Tensors.of(context.manager(), number).sum();
    }

    private static LoraLayer pair(Insert insert) {
        return (LoraLayer) ((Insert.Adapter) insert).delta();
    }

    private static float sum(Insert insert, NDArray x) {
        return Autograd.noGrad(() -> pair(insert).delta(x).sum().getFloat());
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
    void ewcKeepsTheTermsOfAllEarlierTasksAndSavesThem() {
        context.with(Learner.class, new ToyLearner());
        var ewc = context.start(new Ewc(2));
        var training = new ToyTraining(ewc, context);
        training.stage(1, "task1", ToyTasks.samples(1, 3), 5, 0.05);
        training.stage(2, "task2", ToyTasks.samples(2, 3), 5, 0.05);
        var third = new Stage(3, List.of("task3"));
        training.open(third);
        var state = ewc.save();
        var parameter = ewc.trainable().get(0);
        NDArray expected = IntStream.range(0, 2)
                .mapToObj(i -> parameter
                        .value()
                        .sub(state.tensors().get(i + ".anchor"))
                        .square()
                        .mul(state.tensors().get(i + ".importance"))
                        .sum())
                .reduce(NDArray::add)
                .orElseThrow();
        assertTrue(expected.getFloat() > 0);
        var batch = training.batch(ToyTasks.samples(3, 2));
        var penalty = training.losses(batch, training.step(third)).get("ewc").getFloat();
        assertEquals(expected.getFloat(), penalty, 1e-6f * Math.abs(penalty));

        var fresh = context.start(new Ewc(2));
        fresh.load(state);
        var again = new ToyTraining(fresh, context);
        assertEquals(penalty, again.losses(batch, again.step(third)).get("ewc").getFloat());
    }

    @Test
    void lwfIsTaughtByTheOldModelOnNewDataWhateverTheLearner() {
        isTaught(context -> context.over(ToyLearner::new));
        isTaught(context -> context.over(MoeLora::new));
    }

    private static void isTaught(UnaryOperator<ToyContext> learner) {
        try (var run = learner.apply(new ToyContext(1))) {
            var training = new ToyTraining(run.start(new Lwf()), run);
            var first = training.stage(1, "task1", ToyTasks.samples(1, 6), 20, 0.05);
            assertFalse(first.containsKey("distillation"));
            var samples = ToyTasks.samples(2, 6);
            var batch = training.batch(samples);
            NDArray logits = Forward.of(run.backbone(), training.learner(), batch)
                    .output()
                    .logits();
            NDArray entropy = Ops.softmax(logits).mul(Ops.logSoftmax(logits)).sum(new int[] {1});
            training.open(SECOND, samples);
            assertEquals(-entropy.mean().getFloat(), distillation(training, batch), 1e-4); // it still says the same
            training.train(SECOND, samples, 20, 0.05);
            // the teacher stands still: nobody says what it says better than it did itself
            assertTrue(distillation(training, batch) > 0.01 - entropy.mean().getFloat());
            training.close(SECOND, samples);
        }
    }

    private static float distillation(ToyTraining training, Batch batch) {
        return training.losses(batch, training.step(SECOND)).get("distillation").getFloat();
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

    private static List<List<Insert>> concat(List<Fusion.Choice> samples, Cards cards) {
        return samples.stream()
                .map(sample -> sample.selection().picks().stream()
                        .flatMap(pick -> pick.card().inserts().stream())
                        .toList())
                .toList();
    }
}
