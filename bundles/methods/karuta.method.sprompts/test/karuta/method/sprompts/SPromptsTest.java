package karuta.method.sprompts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.KarutaException;
import karuta.api.PromptPool;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Sample;
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
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SPromptsTest {

    private static final Stage FIRST = new Stage(1, List.of("task1"));
    private static final Stage SECOND = new Stage(2, List.of("task2"));

    private final ToyContext context = new ToyContext(1);
    private final SPromptsPool pool = new SPromptsPool(3, 2, Guidance.IMAGE);
    private final ToyTraining training = training(context, pool);
    private final Reference reference = new Reference(Path.of("test/fixtures/sprompts.txt"), context.manager());

    private static ToyTraining training(ToyContext context, PromptPool pool) {
        context.with(PromptPool.class, pool)
                .with(Selector.class, new SPromptsSelector())
                .<Fusion>with(Fusion.class, ToyCards::concat);
        return new ToyTraining(context.start(new PromptLearner()), context);
    }

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void threeStagesAndTheAnswersAfterThemAreAsTheEquationsSay() {
        var played = new PromptReference(reference, training, pool);
        for (var number = 1; number <= 3; number++) {
            played.stage(number);
            var centres = pool.cards().get(number - 1).keys().get(Guidance.IMAGE);
            reference.agrees("stage" + number + ".centres", sorted(rows(centres)));
        }
        played.answer(Stream.of(1, 2, 3, 4)
                .flatMap(task -> ToyTasks.samples(task, 3).stream())
                .toList());
        assertEquals(Set.of("lloyd.end", "lloyd.points", "lloyd.start"), reference.left());
    }

    private static List<float[]> rows(NDArray matrix) {
        return IntStream.range(0, (int) matrix.getShape().get(0))
                .mapToObj(i -> matrix.get(i).toFloatArray())
                .toList();
    }

    /** Which centre is the first is chance. */
    private static float[] sorted(List<float[]> rows) {
        var all = new ArrayList<Float>();
        rows.stream().sorted(Comparator.comparing(row -> row[0])).forEach(row -> {
            for (var number : row) {
                all.add(number);
            }
        });
        var numbers = new float[all.size()];
        IntStream.range(0, numbers.length).forEach(i -> numbers[i] = all.get(i));
        return numbers;
    }

    @Test
    void centresMoveAsLloydSays() {
        var points = new KMeans(doubles("lloyd.points"));
        var end = points.moved(doubles("lloyd.start")).centres();
        var floats = new float[end.size() * 3];
        IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) end.get(i / 3)[i % 3]);
        reference.agrees("lloyd.end", floats);
    }

    private List<double[]> doubles(String name) {
        return rows(reference.get(name)).stream()
                .map(row ->
                        IntStream.range(0, row.length).mapToDouble(i -> row[i]).toArray())
                .toList();
    }

    @Test
    void clustersThatStandApartAreFoundWhateverTheStart() {
        var draws = RandomStream.of(1, "points");
        var points = IntStream.range(0, 60)
                .mapToObj(i -> new double[] {10 * (i % 3) + 0.1 * draws.normal(2 * i), 0.1 * draws.normal(2 * i + 1)})
                .toList();
        for (var seed = 0; seed < 20; seed++) {
            var found = new KMeans(points)
                    .centres(3, RandomStream.of(seed, "start")).stream()
                            .map(centre -> Math.round(centre[0]))
                            .sorted()
                            .toList();
            assertEquals(List.of(0L, 10L, 20L), found);
        }
    }

    @Test
    void thereAreNoMoreCentresThanDifferentPoints() {
        var same = List.of(new double[] {1, 2}, new double[] {1, 2}, new double[] {3, 4});
        assertEquals(2, new KMeans(same).centres(5, RandomStream.of(1, "x")).size());
        var one = new KMeans(same.subList(0, 1)).centres(5, RandomStream.of(1, "x"));
        assertArrayEquals(new double[] {1, 2}, one.get(0));
    }

    @Test
    void theGradientIsThatOfFiniteDifferences() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.05);
        var samples = ToyTasks.samples(2, 4);
        var batch = training.batch(samples);
        for (var parameter : training.open(SECOND, samples)) {
            GradientCheck.holds(
                    () -> training.losses(batch, training.step(SECOND)).get("lm"), parameter.value(), 0.03);
        }
    }

    @Test
    void cardsOfEarlierTasksStayBitForBit() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.05);
        var card = pool.cards().get(0);
        var before = PoolContract.content(card);
        training.stage(2, "task2", ToyTasks.samples(2, 4), 3, 0.05);
        assertSame(card, pool.cards().get(0));
        assertEquals(before, PoolContract.content(card));
    }

    @Test
    void theNearestOfAllCentresDecidesByAbsoluteDifferences() {
        var toys = new ToyCards(context.manager());
        var far = key("far", 1, 0, 0);
        var two = card("two", new float[][] {{1, 0, 0}, {0, 0, 1}});
        var diagonal = card("diagonal", new float[][] {{0.55f, 0.55f, 0.55f}});
        // |u| = 1: by L1 0.9 from "two", 1.05 from "diagonal"; by its first centre alone "two" would be 2 away
        var call = toys.call(new float[] {0, 0.9f, 1.8f}, new float[] {1, 1, 1}, far, two, diagonal);
        var chosen = ToyCards.select(new SPromptsSelector(), call).picks();
        assertEquals(1, chosen.size());
        assertEquals("two", chosen.get(0).card().id());
        var y = 0.9 / Math.sqrt(0.81 + 3.24);
        var z = 1.8 / Math.sqrt(0.81 + 3.24);
        assertEquals(-(y + 1 - z), chosen.get(0).score(), 1e-6);
    }

    private Card key(String id, float... key) {
        return card(id, new float[][] {key});
    }

    private Card card(String id, float[][] keys) {
        var flat = new float[keys.length * 3];
        IntStream.range(0, flat.length).forEach(i -> flat[i] = keys[i / 3][i % 3]);
        var rows = Tensors.of(context.manager(), flat, new Shape(keys.length, 3));
        return new Card(id, Optional.of(id), false, Map.of(Guidance.IMAGE, rows), List.of());
    }

    @Test
    void theTrueTaskChangesNoChoice() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 3, 0.01);
        training.stage(2, "task2", ToyTasks.samples(2, 4), 3, 0.01);
        SelectorContract.readsNoTask(new SPromptsSelector(), ToyCards.calls(context, ToyTasks.samples(1, 3), pool));
    }

    @Test
    void aSampleChoosesForItself() {
        SelectorContract.holdsFor(new SPromptsSelector(), Set.of(Guidance.IMAGE), 3, 200);
    }

    @Test
    void itLearnsATask() {
        var samples = ToyTasks.samples(1, 6);
        training.open(FIRST, samples);
        var first = training.train(FIRST, samples, 1, 0.1);
        assertEquals(Set.of("lm"), first.keySet());
        var last = training.train(FIRST, samples, 60, 0.1).get("lm");
        assertTrue(last < 0.7 * first.get("lm"), "the loss went from " + first + " to " + last);
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
            var fresh = new SPromptsPool(3, 2, Guidance.IMAGE);
            PoolContract.goesOn(training, pool, training(other, fresh), fresh, ToyTasks.samples(2, 3));
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        training.stage(1, "task1", ToyTasks.samples(1, 4), 1, 0.01);
        refused(
                "sizes are not those",
                () -> context.start(new SPromptsPool(4, 2, Guidance.IMAGE)).load(pool.save()));
        refused(
                "sizes are not those",
                () -> context.start(new SPromptsPool(3, 2, Guidance.TEXT)).load(pool.save()));
        var blind = List.of(new Sample("s", new Query(Optional.empty(), "what?"), "b!"));
        refused("no image", () -> training.answer(blind));
        refused("no sample there has one", () -> training.stage(2, "task2", blind, 1, 0.01));
        var keyless = new ToyCards(context.manager()).keyless("bare");
        var call = new ToyCards(context.manager()).call(new float[] {1}, new float[] {1}, keyless);
        refused("card bare has none", () -> ToyCards.select(new SPromptsSelector(), call));
    }

    private static void refused(String why, Runnable work) {
        var message = assertThrows(KarutaException.class, work::run).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void itCostsAPromptAndItsCentresPerTask() {
        assertEquals(Footprint.NONE, pool.footprint());
        for (var task = 1; task <= 2; task++) {
            training.stage(task, ToyTasks.name(task), ToyTasks.samples(task, 4), 1, 0.01);
            var stored = task * (3L * ToyContext.HIDDEN + 2L * ToyContext.FEATURES);
            assertEquals(new Footprint(3L * ToyContext.HIDDEN, stored, 0, 0), pool.footprint());
        }
    }
}
