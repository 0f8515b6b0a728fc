package karuta.baseline.der;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.api.Batch;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.baseline.der.Toys.Over;
import karuta.kit.LearnerContract;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;
import karuta.kit.ToyTasks;
import karuta.rehearsal.StoredExample;
import karuta.tensor.Autograd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DerBaselineTest {

    private static final Stage FIRST = new Stage(1, List.of("task1"));
    private static final Stage SECOND = new Stage(2, List.of("task2"));
    private static final List<Sample> OLD = ToyTasks.samples(1, 8);
    private static final List<Sample> NEW = ToyTasks.samples(2, 8);

    /** "b!" and the end. */
    private static final int TOKENS = 3;

    /** An image of 2 x 2 pixels, a question, an answer. */
    private static final int PLAIN = 12 + 6 + 2;

    @Test
    void theFirstStepHasNothingToRehearseAndTheSecondItsExamples() {
        try (var toys = new Toys(Over.TOY, new DerBaseline(6, 3, 0.1, 0.5, 0))) {
            toys.training.open(FIRST);
            assertEquals(Set.of("lm"), toys.training.train(FIRST, OLD, 1, 0.01).keySet());
            assertEquals(
                    Set.of("lm", "der.logits", "der.lm"),
                    toys.training.train(FIRST, OLD, 1, 0.01).keySet());
        }
    }

    @Test
    void anExampleIsKeptWithTheLogitsFromBeforeTheStep() {
        try (var toys = new Toys(Over.TOY, new DerBaseline(6, 3, 0.1, 0.5, 0))) {
            toys.training.open(FIRST);
            var four = OLD.subList(0, 4);
            var before = Autograd.noGrad(() -> logits(toys, toys.training.batch(four)));
            toys.training.train(FIRST, four, 1, 0.1);
            var after = Autograd.noGrad(() -> logits(toys, toys.training.batch(four)));
            var order = toys.training.step(FIRST).random().fork("batch").permutation(4);
            var kept = stored(toys.der);
            for (var i = 0; i < 4; i++) {
                var now = kept.get(i).tensors().get("logits").toFloatArray();
                assertArrayEquals(before.get(order[i]).toFloatArray(), now);
                assertNotEquals(after.get(order[i]).toFloatArray()[0], now[0]);
            }
        }
    }

    private static List<NDArray> logits(Toys toys, Batch batch) {
        var output = Forward.of(toys.context.backbone(), toys.learner, batch).output();
        return new ArrayList<>(output.logits().split(batch.size())); // all answers have as many tokens
    }

    @ParameterizedTest
    @EnumSource
    void theTermsAreThoseComputedByHandFromWhatIsStored(Over over) {
        try (var toys =
                new Toys(over, new DerBaseline(6, 6, 0.3, 0.7, 0))) { // draws all, so that order alone is random
            toys.training.stage(1, "task1", OLD, 3, 0.05);
            toys.training.open(SECOND);
            toys.training.train(SECOND, NEW, 3, 0.05);
            var step = toys.training.step(SECOND);
            var terms = Autograd.noGrad(() -> toys.training.losses(toys.training.batch(NEW), step));

            var squares = new ArrayList<Double>();
            var surprises = new ArrayList<Double>();
            for (var example : stored(toys.der)) {
                var batch = new Batch(List.of(toys.context.encode(example.query())), List.of(example.answer()));
                var output = Autograd.noGrad(() -> Forward.of(toys.context.backbone(), toys.learner, batch, step))
                        .output();
                var z = output.logits().toFloatArray();
                var h = example.tensors().get("logits").toFloatArray();
                var labels = output.labels().toLongArray();
                IntStream.range(0, z.length).forEach(i -> squares.add(Math.pow((double) z[i] - h[i], 2)));
                var width = z.length / labels.length;
                for (var row = 0; row < labels.length; row++) {
                    var from = row * width;
                    var sum = IntStream.range(from, from + width)
                            .mapToDouble(i -> Math.exp(z[i]))
                            .sum();
                    surprises.add(Math.log(sum) - z[from + (int) labels[row]]);
                }
            }
            assertEquals(0.3 * mean(squares), terms.get("der.logits").getFloat(), 1e-5 * mean(squares));
            assertEquals(0.7 * mean(surprises), terms.get("der.lm").getFloat(), 1e-5 * mean(surprises));
        }
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(number -> number).average().orElseThrow();
    }

    private static List<StoredExample> stored(DerBaseline der) {
        var state = der.save();
        return IntStream.range(0, Integer.parseInt(state.metadata().get("kept")))
                .mapToObj(i -> StoredExample.read(i, state.tensors(), state.metadata()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void withoutWeightsEveryBitIsThatOfTheLearnerAlone(Over over) {
        try (var with = new Toys(over, new DerBaseline(6, 3, 0, 0, 0));
                var without = new Toys(over, new DerBaseline(6, 3, 0, 0, 0))) {
            with.training.stage(1, "task1", OLD, 3, 0.05);
            without.alone.stage(1, "task1", OLD, 3, 0.05);
            with.training.open(SECOND);
            without.alone.open(SECOND);
            assertEquals(without.alone.train(SECOND, NEW, 3, 0.05), with.training.train(SECOND, NEW, 3, 0.05));
            assertEquals(without.numbers(), with.numbers());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theWeightsChangeWhatIsLearned(Over over) {
        assertEquals(
                4,
                Set.of(learned(over, 0, 0), learned(over, 0.3, 0), learned(over, 0, 0.7), learned(over, 0.3, 0.7))
                        .size());
    }

    private static List<List<Float>> learned(Over over, double alpha, double beta) {
        return learned(over, new DerBaseline(6, 3, alpha, beta, 0));
    }

    private static List<List<Float>> learned(Over over, DerBaseline der) {
        try (var toys = new Toys(over, der)) {
            toys.training.open(FIRST);
            toys.training.train(FIRST, OLD, 4, 0.05);
            return toys.numbers();
        }
    }

    @Test
    void keepingTheWholeVocabularyByNumberIsKeepingAll() {
        var all = learned(Over.TOY, new DerBaseline(6, 3, 0.3, 0.7, 0));
        assertEquals(all, learned(Over.TOY, new DerBaseline(6, 3, 0.3, 0.7, vocabulary())));
        assertNotEquals(all, learned(Over.TOY, new DerBaseline(6, 3, 0.3, 0.7, 5)));
    }

    private static int vocabulary() {
        try (var toys = new Toys(Over.TOY, new DerBaseline(6, 3, 0, 0, 0))) {
            return (int) toys.context.backbone().embeddings().getShape().get(0);
        }
    }

    @Test
    void everyByteIsCounted() {
        assertEquals(4 * PLAIN, bytes(new DerBaseline(6, 3, 0, 0.5, 0)));
        assertEquals(4 * (PLAIN + TOKENS * vocabulary() * 4), bytes(new DerBaseline(6, 3, 0.1, 0.5, 0)));
        assertEquals(4 * (PLAIN + TOKENS * 5 * (4 + 4)), bytes(new DerBaseline(6, 3, 0.1, 0.5, 5)));
    }

    /** Of the first batch. */
    private static long bytes(DerBaseline der) {
        try (var toys = new Toys(Over.TOY, der)) {
            toys.training.stage(1, "task1", OLD, 1, 0.01);
            var alone = toys.learner.footprint();
            var cost = der.footprint();
            assertEquals(new Footprint(alone.trained(), alone.stored(), 4, cost.bytes()), cost);
            return cost.bytes();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFreshOneGoesOnFromASavedStateBitByBit(Over over) {
        for (var topK : List.of(0, 5)) {
            try (var first = new Toys(over, new DerBaseline(6, 3, 0.3, 0.7, topK));
                    var second = new Toys(over, new DerBaseline(6, 3, 0.3, 0.7, topK))) {
                first.training.stage(1, "task1", OLD, 3, 0.05);
                second.load(first.save());
                assertEquals(
                        first.der.footprint().bytes(), second.der.footprint().bytes());
                first.training.open(SECOND);
                second.training.open(SECOND);
                assertEquals(first.training.train(SECOND, NEW, 4, 0.05), second.training.train(SECOND, NEW, 4, 0.05));
                assertEquals(first.numbers(), second.numbers());
                assertEquals(first.der.save().metadata(), second.der.save().metadata());
            }
        }
    }

    @Test
    void onlyTheBatchOfTheStepItselfIsShownToTheBuffer() {
        try (var toys = new Toys(Over.TOY, new DerBaseline(20, 3, 0.3, 0.7, 0))) {
            toys.training.open(FIRST);
            var step = toys.training.step(FIRST);
            var forward = Autograd.noGrad(() -> toys.training.forward(toys.training.batch(NEW.subList(0, 3)), step));
            Autograd.noGrad(() -> toys.der.losses(forward, step));
            Autograd.noGrad(() -> toys.training.losses(toys.training.batch(OLD), step)); // a wrapper above rehearses
            toys.der.afterStep(forward, step);
            assertEquals("3", toys.der.save().metadata().get("seen"));
            assertEquals(
                    List.of("c!", "c!", "c!"),
                    stored(toys.der).stream().map(StoredExample::answer).toList());
        }
    }

    @Test
    void logitsOfAnExampleThatGoesAreFreed() {
        try (var toys = new Toys(Over.TOY, new DerBaseline(2, 2, 0.3, 0.7, 0))) {
            toys.training.open(FIRST);
            toys.training.train(FIRST, OLD, 1, 0.01);
            var before = logits(toys.der);
            toys.training.train(FIRST, OLD, 12, 0.01);
            var after = logits(toys.der);
            var gone = before.stream()
                    .filter(array -> after.stream().noneMatch(other -> other == array))
                    .toList();
            assertFalse(gone.isEmpty());
            gone.forEach(array -> assertThrows(IllegalStateException.class, array::toFloatArray));
            after.forEach(array -> assertEquals(TOKENS, array.getShape().get(0)));
        }
    }

    private static List<NDArray> logits(DerBaseline der) {
        return stored(der).stream()
                .map(example -> example.tensors().get("logits"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void answersAreThoseOfTheLearner(Over over) {
        try (var toys = new Toys(over, new DerBaseline(6, 3, 0.3, 0.7, 0))) {
            toys.training.stage(1, "task1", OLD, 30, 0.05);
            assertEquals(toys.alone.answer(OLD), toys.training.answer(OLD));
        }
    }

    @Test
    void aFreshOneGoesOnBetweenStagesAndWithinOneBitByBit() {
        LearnerContract.goesOn(
                () -> new ToyContext(1).over(ToyLearner::new), () -> new DerBaseline(6, 3, 0.3, 0.7, 0), 0.02);
    }
}
