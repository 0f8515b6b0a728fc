package karuta.fusion.gated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Prefix;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.State;
import karuta.kit.GradientCheck;
import karuta.kit.PoolContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import karuta.kit.ToyTaskPool;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.prompt.PromptLearner;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatedFusionTest {

    private static final Stage SECOND = new Stage(2, List.of("task2"));

    private final ToyContext context = new ToyContext(1);
    private final ToyTaskPool pool = new ToyTaskPool();
    private final GatedFusion fusion = new GatedFusion(0.5, 3);
    private final ToyTraining training = training(context, pool, fusion);

    private static ToyTraining training(ToyContext context, PromptPool pool, Fusion fusion) {
        Selector all = calls -> calls.each(call -> new Selection(
                calls.cards().all().stream().map(card -> new Pick(card, 1)).toList()));
        context.with(PromptPool.class, pool).with(Selector.class, all).with(Fusion.class, fusion);
        return new ToyTraining(context.start(new PromptLearner()), context);
    }

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void theLastCardCountsFullyAndTheOthersByGateAndWeight() {
        training.open(SECOND);
        var toys = new ToyCards(context.manager());
        var weight = Optional.of(Tensors.of(context.manager(), 3f).sum());
        var picks = List.of(
                new Pick(toys.closed("plain", 2, 4), 1),
                new Pick(toys.closed("weighed", 1, -1), 1, weight),
                new Pick(toys.open("new", 8, 6), 1));
        var fused = ToyCards.fuse(fusion, new Selection(picks), List.of());
        var expected = List.of(List.of(1f, 2f), List.of(1.5f, -1.5f), List.of(8f, 6f));
        assertEquals(expected, numbers(fused));
        var later = List.of(new Pick(toys.closed("plain", 2, 4), 1), new Pick(toys.closed("own", 8, 6), 1, weight));
        assertEquals(
                List.of(List.of(1f, 2f), List.of(8f, 6f)),
                numbers(ToyCards.fuse(fusion, new Selection(later), List.of())),
                "a card counts as it did when it was trained");
    }

    private static List<List<Float>> numbers(List<Insert> fused) {
        return fused.stream()
                .map(insert -> ((Tokens) insert).embeddings().toFloatArray())
                .map(numbers -> List.of(numbers[0], numbers[1]))
                .toList();
    }

    @Test
    void theGateIsTrainedBesideThePoolAndItsGradientIsThatOfFiniteDifferences() {
        training.stage(1, "task1", ToyTasks.samples(1, 6), 5, 0.05);
        var parameters = training.open(SECOND, ToyTasks.samples(2, 6));
        assertEquals(
                List.of("task2.tokens 1.0", "gate 3.0"),
                parameters.stream()
                        .map(parameter -> parameter.name() + " " + parameter.rate())
                        .toList());
        var batch = training.batch(ToyTasks.samples(2, 6));
        for (var parameter : parameters) {
            GradientCheck.holds(
                    () -> training.losses(batch, training.step(SECOND)).get("lm"), parameter.value(), 0.03);
        }
    }

    @Test
    void itMovesOnlyWhenThereIsSomethingToGateAndStaysAfterAStage() {
        training.stage(1, "task1", ToyTasks.samples(1, 6), 5, 0.05);
        assertEquals(0.5f, gate());
        training.stage(2, "task2", ToyTasks.samples(2, 6), 5, 0.05);
        var after = gate();
        assertNotEquals(0.5f, after);
        training.answer(ToyTasks.samples(1, 3));
        assertEquals(after, gate());
    }

    private float gate() {
        return fusion.trainable().stream()
                .map(Parameter::value)
                .map(NDArray::getFloat)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGateThatStartsOpenIsConcatenationBitForBit() {
        try (var other = new ToyContext(1);
                var plain = new ToyContext(1)) {
            var gated = training(other, new ToyTaskPool(), new GatedFusion(1, 0));
            var concat = training(plain, new ToyTaskPool(), ToyCards::concat);
            for (var training : List.of(gated, concat)) {
                training.stage(1, "task1", ToyTasks.samples(1, 6), 3, 0.05);
                training.stage(2, "task2", ToyTasks.samples(2, 6), 3, 0.05);
            }
            assertEquals(
                    PoolContract.contents(plain.part(PromptPool.class)),
                    PoolContract.contents(other.part(PromptPool.class)));
        }
    }

    @Test
    void aFreshOneGoesOnFromAKeptState() {
        training.stage(1, "task1", ToyTasks.samples(1, 6), 3, 0.05);
        training.stage(2, "task2", ToyTasks.samples(2, 6), 3, 0.05);
        try (var other = new ToyContext(1)) {
            var fresh = new GatedFusion(0.5, 3);
            var freshPool = new ToyTaskPool();
            var again = training(other, freshPool, fresh);
            fresh.load(fusion.save());
            PoolContract.goesOn(training, pool, again, freshPool, ToyTasks.samples(2, 3));
            assertEquals(fusion.footprint(), fresh.footprint());
            assertEquals(
                    fusion.trainable().get(0).value(), fresh.trainable().get(0).value());
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        NDArray row = context.manager().ones(new Shape(1, 2));
        var prefix = new Card("deep", Optional.empty(), false, Map.of(), List.of(new Prefix(0, row, row)));
        refused(
                "card deep inserts something else",
                () -> ToyCards.fuse(fusion, new Selection(List.of(new Pick(prefix, 1))), List.of()));
        var other = new State(Map.of("gate", row), Map.of());
        refused("has no number gate", () -> fusion.load(other));
    }

    private static void refused(String why, Runnable work) {
        var message = assertThrows(KarutaException.class, work::run).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void itCostsANumber() {
        assertEquals(Footprint.NONE, fusion.footprint());
        training.open(SECOND);
        assertEquals(new Footprint(1, 1, 0, 0), fusion.footprint());
        assertEquals(List.of("gate"), List.copyOf(fusion.save().tensors().keySet()));
    }
}
