package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.engine.catalog.Kind;
import karuta.engine.plan.Planner;
import karuta.engine.toy.Pupil;
import karuta.engine.toy.Shelf;
import karuta.engine.toy.Toys;
import karuta.files.FolderLock;
import karuta.study.RunStatus;
import karuta.study.file.StudyReader;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as the same run, and how often it is carried out. */
class SweepTest {

    private static final String NAME = "toys.good.default.seed1";
    private static final String STUDY = """
        study: toys
        seeds: [1]
        backbone: toy
        encoder: toy
        benchmark: toys
        tasks: [task0, task1]
        training: {rate: 0.3, steps: 2, batch: 3}
        arms:
          good: {learner: counted}
        """;
    private static final String THREADS = "ai.djl.pytorch.num_threads";

    @TempDir
    private Path folder;

    private Toys toys;
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger steps = new AtomicInteger();
    private int failures;

    @BeforeEach
    void open() {
        toys = new Toys();
        toys.shelf()
                .with(
                        Kind.LEARNER,
                        "counted",
                        options -> new Pupil((loss, step) -> {
                            steps.incrementAndGet();
                            return loss;
                        }),
                        Shelf.whole("depth", 3, 1))
                .with(
                        Kind.LEARNER,
                        "frail",
                        options -> new Pupil((loss, step) -> {
                            var second = step.stage().number() == 2 && steps.incrementAndGet() > 2;
                            return second && failures-- > 0 ? loss.div(0) : loss;
                        }));
    }

    @AfterEach
    void close() {
        toys.close();
    }

    private List<RunOutcome> run(String study, RunOptions options) {
        var plan = Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", study));
        var watch = new StudyListener() {
            @Override
            public void warns(String message) {
                told.add(message);
            }

            @Override
            public void says(String message) {
                told.add(message);
            }
        };
        return new StudyRunner(toys.shelf(), plan, options, watch, new CancellationToken()).run();
    }

    private RunOptions options(int retries, boolean worker) {
        return new RunOptions(
                out(), folder.resolve("cache"), 1, false, false, true, CheckpointPace.DEFAULT, retries, worker);
    }

    private RunFolder finished(String study) {
        var outcome = run(study, options(0, false)).get(0);
        assertEquals(RunStatus.FINISHED, outcome.status(), outcome.toString());
        return outcome.folder().orElseThrow();
    }

    private Path out() {
        return folder.resolve("out");
    }

    private boolean says(String words) {
        return told.stream().anyMatch(line -> line.contains(words));
    }

    @Test
    void namesCommentsAndWhatStandsForTheDefaultDoNotCount() throws IOException {
        var run = finished(STUDY);
        var trained = steps.get();
        var rehearsed = trained - 4;
        for (var same : List.of(
                STUDY.replace("good:", "better:"),
                STUDY.replace("study: toys", "study: toys-again # a comment"),
                STUDY.replace("{learner: counted}", "{learner: {id: counted, depth: 3}}"),
                STUDY.replace("{learner: counted}", "{learner: counted, training: {rate: 0.30}}"),
                STUDY.replace("tasks: [task0, task1]", "orders: {forward: [task0, task1]}"))) {
            steps.set(0);
            assertEquals(run, finished(same), same);
            assertEquals(rehearsed, steps.get(), "a rehearsal, and no run");
        }
        assertTrue(says("toys.better.default.seed1 is the same run as " + NAME), told.toString());
        for (var other : List.of(
                STUDY.replace("{learner: counted}", "{learner: {id: counted, depth: 4}}"),
                STUDY.replace("seeds: [1]", "seeds: [2]"),
                STUDY.replace("[task0, task1]", "[task1, task0]"),
                STUDY.replace("steps: 2", "steps: 3"),
                STUDY.replace("good: {", "good: {analysis: true, "))) {
            assertTrue(!run.equals(finished(other)), other);
        }
    }

    @Test
    void twoArmsThatAreOneRunAreRunOnce() throws IOException {
        var outcomes = run(STUDY + "  same: {learner: counted}\n", options(0, false));
        assertEquals(outcomes.get(0).folder(), outcomes.get(1).folder());
        assertEquals(RunStatus.FINISHED, outcomes.get(1).status());
        assertEquals(List.of(NAME), ResumeTest.folders(out()));
        assertTrue(says("toys.same.default.seed1 is the same run as " + NAME), told.toString());
    }

    @Test
    void anotherMachineCountsAndIsToldAndStandsInTheRecordWhereItGoesOn() throws IOException {
        var threads = Optional.ofNullable(System.getProperty(THREADS));
        failures = 1;
        var frail = STUDY.replace("counted", "frail").replace("toys\nseeds", "frail\nseeds");
        assertEquals(RunStatus.FAILED, run(frail, options(0, false)).get(0).status());
        var run = finished(STUDY);
        try {
            System.setProperty(THREADS, "7");
            assertEquals(run, finished(STUDY));
            assertTrue(says("another kind of machine"), told.toString());
            var moved = finished(frail).readRecord().getEnvironment();
            assertTrue(
                    moved.stream()
                            .anyMatch(note -> note.getName().equals("after stage 1")
                                    && note.getText().contains("threads 7")),
                    moved.toString());
        } finally {
            threads.ifPresentOrElse(number -> System.setProperty(THREADS, number), () -> System.clearProperty(THREADS));
        }
    }

    @Test
    void aFolderThatSomebodyHasCopiedIsKnownAndLeftAlone() throws IOException {
        var run = finished(STUDY);
        var copy = Files.createDirectory(out().resolve("before-the-holidays"));
        try (var files = Files.list(run.path())) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        var written = Files.getLastModifiedTime(copy.resolve("run.json"));
        steps.set(0);
        assertEquals(run, finished(STUDY));
        assertTrue(says(run.path() + " and " + copy + " hold the same run"), told.toString());
        Files.move(run.path(), folder.resolve("moved away"));
        assertEquals(copy, finished(STUDY).path(), "it is the run, whatever it is called");
        assertEquals(written, Files.getLastModifiedTime(copy.resolve("run.json")));
    }

    @Test
    void aCopyOfARunThatIsCarriedOutIsNotGoneOnWith() throws IOException {
        failures = 1;
        var frail = STUDY.replace("counted", "frail");
        var run = run(frail, options(0, false)).get(0).folder().orElseThrow();
        var copy = Files.createDirectory(out().resolve(NAME + ".2"));
        try (var files = Files.list(run.path())) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        try (var lock = FolderLock.tryLock(run.path()).orElseThrow()) {
            assertEquals(
                    RunStatus.RUNNING, run(frail, options(0, true)).get(0).status(), "left to whoever has the first");
        }
    }

    @Test
    void whatFailsIsTriedAgainAsOftenAsAskedFor() {
        failures = 2;
        var frail = STUDY.replace("counted", "frail");
        assertEquals(RunStatus.FAILED, run(frail, options(1, false)).get(0).status());
        assertTrue(says("it is tried again (1 of 1)"), told.toString());
        assertEquals(0, failures);
        steps.set(0);
        failures = 2;
        assertEquals(RunStatus.FINISHED, run(frail, options(2, false)).get(0).status());
    }

    @Test
    void oneOfManyLeavesWhatFailedAndTheSameCommandTriesItAgain() {
        failures = 1;
        var frail = STUDY.replace("counted", "frail");
        assertEquals(RunStatus.FAILED, run(frail, options(0, false)).get(0).status());
        var left = run(frail, options(0, true)).get(0);
        assertEquals(RunStatus.FAILED, left.status());
        assertTrue(left.message().orElseThrow().contains("loss"), left.toString());
        assertEquals(RunStatus.FINISHED, run(frail, options(0, false)).get(0).status());
    }
}
