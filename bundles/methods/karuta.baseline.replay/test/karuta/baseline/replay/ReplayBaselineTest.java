package karuta.baseline.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.Batch;
import karuta.api.Footprint;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.api.Turn;
import karuta.kit.LearnerContract;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.rehearsal.StoredExample;
import karuta.tensor.Autograd;
import karuta.tensor.ParameterGradients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayBaselineTest {

    private static final Stage FIRST = new Stage(1, List.of("task1"));
    private static final Stage SECOND = new Stage(2, List.of("task2"));

    private final ToyContext context = new ToyContext(1);
    private final ToyLearner learner = new ToyLearner();
    private final ReplayBaseline replay = context.with(Learner.class, learner).start(new ReplayBaseline(6, 3, false));
    private final ToyTraining training = new ToyTraining(replay, context);

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void theFirstStageHasNothingToRehearse() {
        training.open(FIRST);
        assertEquals(
                Set.of("lm"),
                training.train(FIRST, ToyTasks.samples(1, 8), 2, 0.01).keySet());
        assertEquals(2, learner.batches().size());
    }

    @Test
    void laterStagesRehearseOldExamplesAsTheyWere() {
        var old = ToyTasks.samples(1, 20);
        training.stage(1, "task1", old, 1, 0.01);
        learner.batches().clear();
        training.open(SECOND);
        assertEquals(
                Set.of("lm", "replay.lm"),
                training.train(SECOND, ToyTasks.samples(2, 8), 4, 0.01).keySet());

        var answers = old.stream().map(Sample::answer).collect(Collectors.toSet());
        var pictures = old.stream()
                .map(sample -> sample.query().images().get(0))
                .collect(Collectors.toMap(image -> image.fingerprint(), image -> image, (a, b) -> a));
        var drawn = new HashSet<List<String>>();
        for (var i = 1; i < 8; i += 2) {
            Batch rehearsed = learner.batches().get(i);
            assertEquals(3, rehearsed.size());
            assertTrue(answers.containsAll(rehearsed.answers()));
            for (var input : rehearsed.inputs()) {
                var image = input.query().images().get(0);
                assertArrayEquals(
                        pictures.get(image.fingerprint()).pixels().rgb(),
                        image.pixels().rgb());
            }
            drawn.add(rehearsed.inputs().stream()
                    .map(input -> input.query().images().get(0).fingerprint())
                    .toList());
        }
        assertTrue(drawn.size() > 1, "every step rehearsed the same examples");
    }

    @Test
    void asOneMeanTheLossAndItsGradientAreThoseOfOneBatch() {
        var long1 = new Sample("s0", ToyTasks.samples(1, 1).get(0).query(), "a long answer");
        var mean = context.start(new ReplayBaseline(6, 3, true));
        var together = new ToyTraining(mean, context);
        together.stage(1, "task1", List.of(long1), 1, 0.01);
        together.open(SECOND);
        var news = together.batch(ToyTasks.samples(2, 4));
        var prompt = learner.trainable().get(0).value();
        Supplier<NDArray> both = () -> ParameterGradients.sum(
                together.losses(news, together.step(SECOND)).values());
        var joined = together.batch(
                Stream.concat(ToyTasks.samples(2, 4).stream(), Stream.of(long1)).toList());
        Supplier<NDArray> one =
                () -> together.forward(joined, together.step(SECOND)).output().loss();
        assertEquals(one.get().getFloat(), both.get().getFloat(), 1e-5f);
        var expected = Autograd.gradients(one, List.of(prompt)).get(0).toFloatArray();
        assertArrayEquals(
                expected, Autograd.gradients(both, List.of(prompt)).get(0).toFloatArray(), 1e-5f);

        var terms = together.losses(news, together.step(SECOND)); // 4 x 3 tokens and 14
        var plain = training.losses(news, training.step(SECOND));
        assertEquals(12 / 26f * plain.get("lm").getFloat(), terms.get("lm").getFloat(), 1e-5f);
        assertEquals(Set.of("lm", "replay.lm"), terms.keySet());
    }

    @Test
    void aStageDoesNotRehearseItself() {
        training.open(FIRST);
        training.train(FIRST, ToyTasks.samples(1, 8), 3, 0.01);
        assertEquals(new Footprint(36, 36, 0, 0), replay.footprint());
    }

    @Test
    void keptExamplesAreCountedInSamplesAndBytes() {
        var umlaut = new Sample("s", new Query(Optional.empty(), "ä?"), "é"); // 3 + 2 bytes of UTF-8
        training.stage(1, "task1", List.of(umlaut), 1, 0.01);
        assertEquals(new Footprint(36, 36, 1, 5), replay.footprint());
        training.stage(2, "task2", ToyTasks.samples(2, 3), 1, 0.01);
        // a toy picture has 2 x 2 x 3 bytes, a toy question 6, a toy answer 2
        assertEquals(new Footprint(36, 36, 4, 5 + 3 * (12 + 6 + 2)), replay.footprint());
        training.stage(3, "task3", ToyTasks.samples(3, 50), 1, 0.01);
        assertEquals(6, replay.footprint().samples());
    }

    @Test
    void earlierTurnsAreKeptAndCounted() {
        var query = new Query(List.of(), List.of(new Turn("A?", "1"), new Turn("B?", "2")), "C?");
        var kept = StoredExample.of(context.encode(query), "3");
        assertEquals(9, kept.bytes());
        var notes = new HashMap<String, String>();
        kept.write(4, context.manager(), new HashMap<>(), notes);
        assertEquals(query, StoredExample.read(4, Map.of(), notes).query());
    }

    @Test
    void theTruthIsKeptOnlyWhereItIsRevealed() {
        var input = context.encode(ToyTasks.samples(1, 1).get(0).query());
        assertEquals(Optional.empty(), StoredExample.of(input, "x").trueTask());
        var revealed = new karuta.api.Input(
                input.key(), input.query(), input.vision(), input.guidance(), Optional.of("task1"));
        assertEquals(Optional.of("task1"), StoredExample.of(revealed, "x").trueTask());
    }

    @Test
    void aFreshOneGoesOnFromAKeptState() {
        training.stage(1, "task1", ToyTasks.samples(1, 20), 1, 0.01);
        var state = replay.save();
        try (var again = new ToyContext(1)) {
            var other = new ToyLearner();
            var fresh = again.with(Learner.class, other).start(new ReplayBaseline(6, 3, false));
            fresh.load(state);
            assertEquals(6, fresh.footprint().samples());
            assertEquals(replay.footprint().bytes(), fresh.footprint().bytes());
            var news = ToyTasks.samples(2, 8);
            learner.batches().clear();
            training.open(SECOND);
            training.train(SECOND, news, 2, 0.01);
            var later = new ToyTraining(fresh, again);
            later.open(SECOND);
            later.train(SECOND, news, 2, 0.01);
            assertEquals(texts(learner.batches()), texts(other.batches()));
        }
        var small = context.start(new ReplayBaseline(2, 1, false));
        assertThrows(KarutaException.class, () -> small.load(state));
    }

    private static List<List<String>> texts(List<Batch> batches) {
        return batches.stream()
                .map(batch -> batch.inputs().stream()
                        .map(input -> input.query().images().get(0).fingerprint() + " "
                                + input.query().instruction())
                        .toList())
                .toList();
    }

    @Test
    void aFreshOneGoesOnBetweenStagesAndWithinOneBitByBit() {
        LearnerContract.goesOn(
                () -> new ToyContext(1).over(ToyLearner::new), () -> new ReplayBaseline(6, 3, false), 0.02);
    }
}
