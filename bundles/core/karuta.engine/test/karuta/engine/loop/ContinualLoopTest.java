package karuta.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.ReferenceScorer;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.api.State;
import karuta.api.Task;
import karuta.engine.features.FrozenModels;
import karuta.engine.toy.Pupil;
import karuta.engine.toy.PupilBackbone;
import karuta.engine.toy.Toys;
import karuta.kit.ToyContext;
import karuta.study.KarutaFactory;
import karuta.study.Training;
import karuta.study.record.Prediction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinualLoopTest {

    @TempDir
    private Path cache;

    private ToyContext toys;
    private FrozenModels frozen;
    private final List<Optional<StageResult>> results = new ArrayList<>();
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

    private static Training training() {
        var training = KarutaFactory.eINSTANCE.createTraining();
        training.setRate(0.3);
        training.setEpochs(5);
        training.setBatch(3);
        return training;
    }

    private static Tasks tasks(Task... tasks) {
        return new Tasks(List.of(tasks), List.of(), Map.of("exact", (ReferenceScorer)
                (answer, reference) -> answer.equals(reference) ? 1 : 0));
    }

    private ContinualLoop loop(Learner learner, Tasks tasks, long seed, RunListener listener) {
        learner.start(toys);
        results.clear();
        evaluations.clear();
        return new ContinualLoop(
                learner,
                () -> Map.of("learner", learner.save()),
                tasks,
                frozen,
                new ContinualLoop.Plan(
                        seed, training(), false, false, new ContinualLoop.Suspects("who chooses", "the rest")),
                (result, evaluation, states) -> {
                    results.add(result);
                    evaluations.add(evaluation);
                },
                listener,
                Bookmark.NONE);
    }

    private List<List<Double>> matrix(Tasks tasks) {
        return evaluations.stream()
                .map(evaluation -> evaluation.scores(tasks.names()))
                .toList();
    }

    @Test
    void everyTaskIsScoredBeforeTrainingAndAfterEveryStage() {
        var tasks = tasks(Toys.task(0), Toys.task(1), Toys.task(2));
        loop(new Pupil(), tasks, 1, RunListener.NOBODY).run();

        var matrix = matrix(tasks);
        assertEquals(4, matrix.size());
        matrix.forEach(row -> assertEquals(3, row.size()));
        for (var stage = 1; stage <= 3; stage++) {
            assertEquals(1.0, matrix.get(stage).get(stage - 1), "a task just learned is known");
            assertEquals(15, results.get(stage).orElseThrow().steps(), "5 epochs of 3 batches");
            assertEquals(40, results.get(stage).orElseThrow().samples());
            assertTrue(results.get(stage).orElseThrow().losses().get("answer") < 1);
        }
        assertTrue(results.get(0).isEmpty());
        assertEquals(15, evaluations.get(2).predictions().size());
        assertEquals(
                "a!", evaluations.get(1).predictions().get(0).selected().get(0).card());
    }

    @Test
    void aRuleMayNeedAllAnswersAtOnce() {
        Scorer rarest = responses -> {
            var counts =
                    responses.stream().collect(Collectors.groupingBy(Scorer.Response::answer, Collectors.counting()));
            var each = responses.stream()
                    .map(response -> new Scores.Score(1.0 / counts.get(response.answer()), response.answer()))
                    .toList();
            return new Scores(counts.size() / 10.0, each, Map.of("different", (double) counts.size()));
        };
        var tasks = new Tasks(List.of(Toys.task(0), Toys.task(1)), List.of(), Map.of("exact", rarest));
        loop(new Pupil(), tasks, 1, RunListener.NOBODY).run();

        assertEquals(0.1, matrix(tasks).get(1).get(0), "all five answers are the same after its stage");
        assertEquals(0.2, evaluations.get(1).predictions().get(0).score());
        assertEquals(
                Map.of("different", 1.0), evaluations.get(1).figures().get("task0"), "it is kept what else it says");
    }

    @Test
    void aWatchedTaskIsAskedAfterEveryStageAndNeverLearned() {
        var watched = Toys.task(1);
        var tasks = new Tasks(List.of(Toys.task(0), Toys.task(2)), List.of(watched), Map.of("exact", (ReferenceScorer)
                (answer, reference) -> answer.equals(reference) ? 1 : 0));
        loop(new Pupil(), tasks, 1, RunListener.NOBODY).run();

        assertEquals(
                List.of(List.of("task0"), List.of("task2")),
                results.stream()
                        .flatMap(Optional::stream)
                        .map(result -> result.stage().tasks())
                        .toList());
        assertEquals(15, tasks.testSize());
        evaluations.forEach(evaluation -> {
            assertEquals(15, evaluation.predictions().size());
            assertFalse(evaluation.scores(List.of("task1")).get(0).isNaN());
        });
    }

    @Test
    void watchingATaskChangesNothingOfTheOthers() {
        var learned = List.of(Toys.task(0), Toys.task(2));
        var alone = tasks(learned.toArray(Task[]::new));
        loop(new Pupil(), alone, 1, RunListener.NOBODY).run();
        var matrix = matrix(alone);
        var watching = new Tasks(learned, List.of(Toys.task(1)), alone.scorers());
        loop(new Pupil(), watching, 1, RunListener.NOBODY).run();

        assertEquals(matrix, matrix(watching));
    }

    @Test
    void aRuleThatLeavesAnAnswerOutIsRefused() {
        var tasks = new Tasks(
                List.of(Toys.task(0)), List.of(), Map.of("exact", (Scorer) responses -> Scores.mean(List.of())));
        var loop = loop(new Pupil(), tasks, 1, RunListener.NOBODY);
        var failure = assertThrows(KarutaException.class, loop::run);
        assertTrue(failure.getMessage().contains("gave 0 scores to 5 answers of \"task0\""), failure.getMessage());
    }

    @Test
    void equalSeedsGiveEqualBitsAndOthersDoNot() {
        var tasks = tasks(Toys.task(0), Toys.task(1));
        loop(new Pupil(), tasks, 1, RunListener.NOBODY).run();
        var first = List.copyOf(evaluations.get(2).predictions());
        loop(new Pupil(), tasks, 1, RunListener.NOBODY).run();
        var second = List.copyOf(evaluations.get(2).predictions());
        loop(new Pupil(), tasks, 2, RunListener.NOBODY).run();

        assertEquals(first, second);
        assertNotEquals(first, evaluations.get(2).predictions(), "another seed deals other batches");
    }

    @Test
    void anAnswerDependsNeitherOnTheBatchNorOnTheOrder() {
        var pupil = new Pupil();
        pupil.start(toys);
        var samples = new ArrayList<>(Toys.task(1).test());
        var task = Toys.task(1);
        var inputs = new InputEncoder(frozen, false);
        var together = new Evaluator(pupil, inputs, tasks(task), 5, Optional.empty(), RunListener.NOBODY)
                .evaluate(0, AnswerLog.NONE);
        Collections.reverse(samples);
        var reversed = new Task(task.name(), task.train(), samples, task.scorer());
        var alone = new Evaluator(pupil, inputs, tasks(reversed), 1, Optional.empty(), RunListener.NOBODY)
                .evaluate(0, AnswerLog.NONE);

        var back = new ArrayList<>(alone.predictions());
        Collections.reverse(back);
        assertEquals(
                together.predictions().stream().map(Prediction::text).toList(),
                back.stream().map(Prediction::text).toList());
    }

    @Test
    void aLossThatIsNoNumberEndsTheRunAndSaysWhere() {
        var pupil =
                new Pupil((loss, step) -> step.stage().number() == 2 && step.step() == 4 ? loss.mul(Float.NaN) : loss);
        var loop = loop(pupil, tasks(Toys.task(0), Toys.task(1)), 1, RunListener.NOBODY);

        var failure = assertThrows(KarutaException.class, loop::run);
        assertTrue(failure.getMessage().contains("loss term \"answer\" is NaN"), failure.getMessage());
        assertTrue(failure.getMessage().contains("stage 2 [task1], step 5 of 15"), failure.getMessage());
        assertEquals(2, evaluations.size(), "what was complete before stays");
    }

    @Test
    void whoTrainsNothingTakesNoStepsAndIsNotAskedAgain() {
        var idle = new Pupil() {
            @Override
            public List<Parameter> trainable() {
                return List.of();
            }

            @Override
            public State save() {
                return State.EMPTY;
            }
        };
        var tasks = tasks(Toys.task(0), Toys.task(1));
        loop(idle, tasks, 1, RunListener.NOBODY).run();

        assertEquals(0, results.get(1).orElseThrow().steps());
        assertEquals(10, evaluations.get(0).answered());
        assertEquals(0, evaluations.get(2).answered());
        assertEquals(matrix(tasks).get(0), matrix(tasks).get(2));
        assertEquals(2, evaluations.get(2).predictions().get(0).stage());
    }

    @Test
    void whoWatchesMayStop() {
        var watch = new RunListener() {
            private int steps;

            @Override
            public void trained(int stage, int step, int all, Map<String, Double> losses) {
                steps++;
            }

            @Override
            public void proceed() {
                if (steps == 7) {
                    throw new RunCancelled();
                }
            }
        };
        var loop = loop(new Pupil(), tasks(Toys.task(0), Toys.task(1)), 1, watch);

        assertThrows(RunCancelled.class, loop::run);
        assertEquals(7, watch.steps);
        assertEquals(1, evaluations.size());
        assertFalse(evaluations.get(0).predictions().isEmpty());
    }
}
