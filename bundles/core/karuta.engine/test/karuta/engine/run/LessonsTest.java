package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.State;
import karuta.api.Task;
import karuta.engine.catalog.Kind;
import karuta.engine.loop.EarlyStopping;
import karuta.engine.loop.Evaluation;
import karuta.engine.loop.RunCancelled;
import karuta.engine.loop.RunListener;
import karuta.engine.loop.StateHash;
import karuta.engine.plan.Planner;
import karuta.engine.plan.StudyPlan;
import karuta.engine.toy.Pupil;
import karuta.engine.toy.Toys;
import karuta.safetensors.SealedStates;
import karuta.safetensors.SealedTensors;
import karuta.study.file.StudyReader;
import karuta.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An arm that learns tasks in lessons of their own. */
class LessonsTest {

    private static final String STUDY = """
        study: toys
        seeds: [1]
        backbone: toy
        encoder: toy
        benchmark: toys
        tasks: [task0, task1]
        training: {rate: 0.3, epochs: 3, batch: 3}
        arms:
          good: {learner: pupil}
        """;

    private static final Function<NDManager, Map<String, State>> NOTHING = manager -> Map.of();

    @TempDir
    private Path folder;

    private final List<Evaluation> evaluations = new ArrayList<>();

    @RegisterExtension
    final Toys toys = new Toys();

    private byte[] kept = {};
    private String hash = "";

    private StudyPlan plan(String study) {
        return Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", study));
    }

    private void learn(Lessons lessons, StudyPlan plan, Lesson lesson, RunListener listener) {
        lessons.learn(
                plan.runs().get(0),
                lesson,
                (result, evaluation, states) -> {
                    evaluations.add(evaluation);
                    kept = SealedStates.bytes(states);
                    hash = StateHash.of(states);
                },
                listener);
    }

    private Map<String, State> kept(NDManager manager) {
        try (var file = SealedTensors.of(Path.of("kept"), kept)) {
            return SealedStates.read(file, manager);
        }
    }

    private static Task untrained(int task) {
        return Toys.task(task).with(List.of(), Toys.task(task).test());
    }

    @Test
    void lessonsLeaveTheBitsOfARunOfTheSameTasks() {
        var plan = plan(STUDY);
        var options = new RunOptions(folder.resolve("out"), folder.resolve("cache"), 1, false, false);
        var run = new StudyRunner(toys.shelf(), plan, options, StudyListener.NOBODY, new CancellationToken()).run();
        var record = run.get(0).folder().orElseThrow();

        try (var lessons = Lessons.open(toys.shelf(), plan.shared().orElseThrow(), folder.resolve("other"))) {
            var first = new Lesson(List.of(), Toys.task(0), List.of(Toys.task(2)), NOTHING, EarlyStopping.NEVER);
            learn(lessons, plan, first, RunListener.NOBODY);
            var second = new Lesson(List.of(untrained(0)), Toys.task(1), List.of(), this::kept, EarlyStopping.NEVER);
            learn(lessons, plan, second, RunListener.NOBODY);
        }
        try (var scope = Scope.open()) {
            var states =
                    new Checkpoint(record.checkpoint(2)).read(toys.context().manager(), "");
            assertEquals(StateHash.of(states), hash);
        }
        var rows = record.read().getMatrix().getRows();
        assertEquals(
                List.of("task0", "task2"),
                List.copyOf(new TreeSet<>(evaluations.get(0).values().keySet())));
        assertEquals(rows.get(1).getScores(), evaluations.get(2).scores(List.of("task0", "task1")));
        assertEquals(rows.get(2).getScores(), evaluations.get(3).scores(List.of("task0", "task1")));
    }

    @Test
    void aTaskOfWhichNothingIsAskedIsNone() {
        var plan = plan(STUDY);
        try (var lessons = Lessons.open(toys.shelf(), plan.shared().orElseThrow(), folder)) {
            var unasked = Toys.task(0).with(Toys.task(0).train(), List.of());
            learn(
                    lessons,
                    plan,
                    new Lesson(List.of(), unasked, List.of(), NOTHING, EarlyStopping.NEVER),
                    RunListener.NOBODY);
        }
        assertEquals(Map.of(), evaluations.get(1).values());
    }

    @Test
    void anArmThatLearnsTasksTogetherIsRefused() {
        toys.shelf().with(Kind.LEARNER, "together", options -> new Pupil() {
            @Override
            public List<List<String>> schedule(List<String> tasks) {
                return List.of(tasks);
            }
        });
        var plan = plan(STUDY.replace("pupil", "together"));
        try (var lessons = Lessons.open(toys.shelf(), plan.shared().orElseThrow(), folder)) {
            var lesson = new Lesson(List.of(untrained(0)), Toys.task(1), List.of(), NOTHING, EarlyStopping.NEVER);
            var refusal = assertThrows(KarutaException.class, () -> learn(lessons, plan, lesson, RunListener.NOBODY));
            assertTrue(refusal.getMessage().contains("one task after the other"), refusal.getMessage());
        }
    }

    private String checked(Task whole, Task earlier) {
        var plan = plan(STUDY);
        try (var lessons = Lessons.open(toys.shelf(), plan.shared().orElseThrow(), folder)) {
            var lesson = new Lesson(List.of(earlier), whole, List.of(), NOTHING, EarlyStopping.NEVER);
            lessons.check(
                    plan.runs().get(0),
                    lesson,
                    whole,
                    (task, training) -> task + (training ? " training," : " test,"),
                    (result, evaluation, states) -> {},
                    StudyListener.NOBODY,
                    new CancellationToken());
            return "";
        } catch (KarutaException refused) {
            return refused.getMessage();
        } finally {
            assertEquals(0, evaluations.size(), "nothing is learned");
        }
    }

    @Test
    void whatIsTooLongIsRefusedBeforeALesson() {
        assertEquals("", checked(Toys.task(1), untrained(0)));
        var longer = longer(Toys.task(1));
        var refusal = checked(longer, untrained(0));
        assertTrue(refusal.contains("task1 training, sample"), refusal);
        refusal = checked(Toys.task(1), longer(untrained(0)));
        assertTrue(refusal.contains("task0 test, sample"), refusal);
    }

    private static Task longer(Task task) {
        return task.with(
                task.train().stream().map(LessonsTest::longer).toList(),
                task.test().stream().map(LessonsTest::longer).toList());
    }

    private static Sample longer(Sample sample) {
        var query = sample.query();
        return sample.with(new Query(query.images(), query.earlier(), "why ".repeat(1000)));
    }

    @Test
    void whoIsToldToStopLeavesNothing() {
        var plan = plan(STUDY);
        try (var lessons = Lessons.open(toys.shelf(), plan.shared().orElseThrow(), folder)) {
            var lesson = new Lesson(List.of(), Toys.task(0), List.of(), NOTHING, EarlyStopping.NEVER);
            var stop = new RunListener() {
                @Override
                public void trained(int stage, int step, int steps, Map<String, Double> losses) {
                    throw new RunCancelled();
                }
            };
            assertThrows(RunCancelled.class, () -> learn(lessons, plan, lesson, stop));
        }
        assertEquals(1, evaluations.size(), "the one before");
    }
}
