package karuta.selector.modality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Answer;
import karuta.api.Calls;
import karuta.api.Footprint;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.State;
import karuta.fusion.sum.SumFusion;
import karuta.kit.GradientCheck;
import karuta.kit.PoolContract;
import karuta.kit.Reference;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import karuta.kit.ToyStageData;
import karuta.kit.ToyTaskPool;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.prompt.PromptLearner;
import karuta.tensor.ParameterGradients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModalitySelectorTest {

    private static final Stage THIRD = new Stage(3, List.of("task3"));

    private final ToyContext context = new ToyContext(1);
    private final ToyTaskPool pool = new ToyTaskPool();
    private final ModalitySelector selector = new ModalitySelector(0.2, 3);
    private final ToyTraining training = training(context, pool, selector);

    private static ToyTraining training(ToyContext context, PromptPool pool, Selector selector) {
        context.with(PromptPool.class, pool).with(Selector.class, selector).<Fusion>with(Fusion.class, new SumFusion());
        return new ToyTraining(context.start(new PromptLearner()), context);
    }

    @AfterEach
    void free() {
        context.close();
    }

    private static ModalitySelector begun(ToyContext context, double temperature) {
        var made = context.start(new ModalitySelector(temperature, 1));
        made.beginStage(THIRD, new ToyStageData(context, List.of()));
        return made;
    }

    @Test
    void weightsAndTheirDerivativeAreAsTheEquationsSay() {
        var reference = new Reference(Path.of("test/fixtures/modality.txt"), context.manager());
        var made = begun(context, 0.3);
        reference.give("", made.trainable());
        NDArray keys = reference.get("keys");
        var toys = new ToyCards(context.manager());
        var cards = IntStream.range(0, 5)
                .mapToObj(i -> toys.closed("card " + i, keys.get(i).toFloatArray()))
                .toList();
        var calls = ToyCards.calls(context, samples(), cards);
        reference.agrees("weights", weights(made, calls));
        var gradient = ParameterGradients.of(
                () -> weights(made, calls).mul(reference.get("pull")).sum(), made.trainable());
        reference.agrees("gradient", gradient.get(0));
        assertEquals(Set.of(), reference.left());
    }

    private static List<Sample> samples() {
        return Stream.of(1, 2, 3)
                .flatMap(task -> ToyTasks.samples(task, 2).stream())
                .toList();
    }

    /** {@code [samples, cards]}. */
    private static NDArray weights(Selector made, Calls calls) {
        var all = new NDList();
        for (var selection : made.select(calls)) {
            selection.picks().stream()
                    .sorted(Comparator.comparing(pick -> pick.card().id()))
                    .forEach(pick -> all.add(pick.weight().orElseThrow()));
        }
        return NDArrays.stack(all).reshape(calls.samples().size(), -1);
    }

    private void twoStages() {
        training.stage(1, "task1", ToyTasks.samples(1, 6), 5, 0.05);
        training.stage(2, "task2", ToyTasks.samples(2, 6), 5, 0.05);
    }

    @Test
    void whatItTrainsIsTheLearnersBesideWhatThePoolTrains() {
        twoStages();
        var parameters = training.open(THIRD, ToyTasks.samples(3, 6));
        assertEquals(
                List.of("task3.tokens", "balance"),
                parameters.stream().map(Parameter::name).toList());
        assertEquals(3, parameters.get(1).rate());
        var batch = training.batch(ToyTasks.samples(3, 6));
        for (var parameter : parameters) {
            GradientCheck.holds(
                    () -> training.losses(batch, training.step(THIRD)).get("lm"), parameter.value(), 0.03);
        }
    }

    @Test
    void itMovesOnlyWhenThereIsSomethingToWeighAndStaysAfterAStage() {
        training.stage(1, "task1", ToyTasks.samples(1, 6), 5, 0.05);
        assertEquals(
                context.manager().zeros(new Shape(2)),
                selector.trainable().get(0).value());
        training.stage(2, "task2", ToyTasks.samples(2, 6), 5, 0.05); // one card: its weight is 1 in any case
        assertEquals(
                context.manager().zeros(new Shape(2)),
                selector.trainable().get(0).value());
        training.stage(3, "task3", ToyTasks.samples(3, 6), 5, 0.05);
        NDArray after = selector.trainable().get(0).value().duplicate();
        assertNotEquals(context.manager().zeros(new Shape(2)), after);
        training.answer(ToyTasks.samples(2, 4));
        assertEquals(after, selector.trainable().get(0).value());
    }

    @Test
    void aCardThatIsTrainedComesLastAndCountsFully() {
        twoStages();
        training.open(THIRD, ToyTasks.samples(3, 4));
        var inputs = training.batch(ToyTasks.samples(3, 4)).inputs();
        for (var prompted : training.learner().prompt(inputs, training.step(THIRD))) {
            var picks = prompted.selection().picks();
            assertEquals("task3", picks.get(2).card().id());
            assertEquals(Optional.empty(), picks.get(2).weight());
            assertEquals(1, picks.get(0).score() + picks.get(1).score(), 1e-6);
            assertTrue(picks.get(0).score() <= picks.get(1).score(), "the heaviest is the last of the frozen ones");
        }
    }

    @Test
    void aSampleWeighsForItselfAndNotByItsTask() {
        var made = begun(context, 0.2);
        SelectorContract.holdsFor(made, Set.of(Guidance.IMAGE, Guidance.TEXT), 3, 40);
        twoStages();
        SelectorContract.readsNoTask(selector, ToyCards.calls(context, samples(), pool));
    }

    @Test
    void aFreshOneGoesOnFromAKeptState() {
        twoStages();
        training.stage(3, "task3", ToyTasks.samples(3, 6), 5, 0.05);
        try (var other = new ToyContext(1)) {
            var fresh = new ModalitySelector(0.2, 3);
            var freshPool = new ToyTaskPool();
            var again = training(other, freshPool, fresh);
            fresh.load(selector.save());
            PoolContract.goesOn(training, pool, again, freshPool, samples());
            assertEquals(scores(training), scores(again));
            assertEquals(selector.footprint(), fresh.footprint());
        }
    }

    private static List<Double> scores(ToyTraining training) {
        return training.answer(samples()).stream()
                .map(Answer::selection)
                .map(selection -> selection.picks().get(0).score())
                .toList();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        twoStages();
        var blind = List.of(new Sample("s", new Query(Optional.empty(), "what?"), "b!"));
        var message = assertThrows(KarutaException.class, () -> training.answer(blind))
                .getMessage();
        assertTrue(message.contains("no image"), message);
        var other = new State(Map.of("balance", context.manager().zeros(new Shape(3))), Map.of());
        var unfit =
                assertThrows(KarutaException.class, () -> selector.load(other)).getMessage();
        assertTrue(unfit.contains("no two numbers"), unfit);
    }

    @Test
    void itCostsTwoNumbers() {
        assertEquals(Footprint.NONE, selector.footprint());
        training.open(new Stage(1, List.of("task1")));
        assertEquals(new Footprint(2, 2, 0, 0), selector.footprint());
    }
}
