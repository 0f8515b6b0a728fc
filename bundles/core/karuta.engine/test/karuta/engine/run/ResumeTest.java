package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.api.KarutaException;
import karuta.engine.catalog.Kind;
import karuta.engine.plan.Planner;
import karuta.engine.toy.FaultyDisk;
import karuta.engine.toy.Pupil;
import karuta.engine.toy.Toys;
import karuta.files.FolderLock;
import karuta.files.FolderTree;
import karuta.study.RunStatus;
import karuta.study.file.StudyReader;
import karuta.study.record.ListedFiles;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ended a run, or lies in the folder: the same command goes on, to the same bits. */
class ResumeTest {

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

    /** What must be equal, bit for bit. */
    private static final List<String> KEPT = List.of(
            "matrix.json",
            "matrix.csv",
            "predictions.jsonl",
            "trace.jsonl",
            "checkpoint-1.safetensors",
            "checkpoint-2.safetensors");

    @TempDir
    private Path folder;

    private Toys toys;
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger steps = new AtomicInteger();
    private CancellationToken stop = new CancellationToken();
    private int stopAt;

    @BeforeEach
    void open() {
        toys = new Toys();
        toys.shelf()
                .with(
                        Kind.LEARNER,
                        "counted",
                        options -> new Pupil((loss, step) -> {
                            if (steps.incrementAndGet() == stopAt) {
                                stop.raise();
                            }
                            return loss;
                        }));
    }

    @AfterEach
    void close() {
        toys.close();
    }

    private List<RunOutcome> run(Path out, String study, boolean restart) {
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
        var options = new RunOptions(out, folder.resolve("cache"), 1, false, restart);
        return new StudyRunner(toys.shelf(), plan, options, watch, stop).run();
    }

    private RunFolder finished(Path out, String study, boolean restart) {
        var outcome = run(out, study, restart).get(0);
        assertEquals(RunStatus.FINISHED, outcome.status(), outcome.toString());
        return outcome.folder().orElseThrow();
    }

    private RunFolder finished(Path out) {
        return finished(out, STUDY, false);
    }

    private Path out() {
        return folder.resolve("out");
    }

    private RunFolder interrupted() {
        steps.set(0);
        stopAt = 2 + 2 + 1; // after the two of the rehearsal and the first stage
        var outcome = run(out(), STUDY, false).get(0);
        assertEquals(RunStatus.INTERRUPTED, outcome.status(), outcome.toString());
        stop = new CancellationToken();
        stopAt = 0;
        return outcome.folder().orElseThrow();
    }

    private static void assertSame(RunFolder expected, RunFolder found) throws IOException {
        found.read();
        for (var name : KEPT) {
            assertArrayEquals(
                    Files.readAllBytes(expected.path().resolve(name)),
                    Files.readAllBytes(found.path().resolve(name)),
                    name);
        }
    }

    /** The names of the folders in a folder. */
    static List<String> folders(Path out) throws IOException {
        try (var inside = Files.list(out)) {
            return inside.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private boolean says(String words) {
        return told.stream().anyMatch(line -> line.contains(words));
    }

    private static void flip(Path file, long seed) throws IOException {
        var bytes = Files.readAllBytes(file);
        var random = new Random(seed);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
    }

    @Test
    void aRunThatWasKilledBeforeItsFirstRowKeepsItsFolder() throws IOException {
        var whole = finished(folder.resolve("whole"));
        var made = Files.createDirectories(out().resolve(NAME));
        assertSame(whole, finished(out())); // killed after the folder was made
        for (var left : List.of(List.of("study.yaml"), List.of("study.yaml", "run.json"), KEPT.subList(0, 1))) {
            FolderTree.delete(made);
            Files.createDirectories(made);
            for (var name : left) {
                Files.copy(whole.path().resolve(name), made.resolve(name));
            }
            if (left.contains("run.json")) {
                var record = whole.readRecord();
                record.getStages().clear();
                record.getFiles().removeIf(file -> !file.getName().equals("study.yaml"));
                record.setStatus(RunStatus.RUNNING);
                new RunFolder(made).writeRun(record);
            }
            assertEquals(made, finished(out()).path(), left.toString());
            assertSame(whole, new RunFolder(made));
            assertEquals(List.of(NAME), folders(out()));
        }
    }

    @Test
    void aFolderOfSomebodyElseIsLeftAlone() throws IOException {
        var foreign = Files.createDirectories(out().resolve(NAME));
        Files.writeString(foreign.resolve("thesis.tex"), "important");
        assertEquals(NAME + ".2", finished(out()).path().getFileName().toString());
        assertEquals(List.of("thesis.tex"), List.of(foreign.toFile().list()));
    }

    @Test
    void beginningAnewMustBeAskedFor() throws IOException {
        var first = finished(out());
        assertEquals(first, finished(out()));
        var second = finished(out(), STUDY, true);
        assertEquals(first, second);
        assertEquals(List.of(NAME, NAME + ".old"), folders(out()), "nothing is deleted");
        var old = new RunFolder(out().resolve(NAME + ".old"));
        assertSame(old, second);
        assertEquals(second, finished(out()), "the one that was begun last counts");
        finished(out(), STUDY, true);
        assertEquals(List.of(NAME, NAME + ".old", NAME + ".old.2"), folders(out()));
        assertEquals(1, RunFolder.find(out()).size(), "no table takes the old ones");
    }

    @Test
    void whatSomebodyCarriesOutDoesNotBeginAnew() throws IOException {
        var run = interrupted();
        try (var lock = FolderLock.tryLock(run.path()).orElseThrow()) {
            var refused = assertThrows(KarutaException.class, () -> run(out(), STUDY, true));
            assertTrue(refused.getMessage().contains("is being carried out by process"), refused.getMessage());
            assertEquals(List.of(NAME), folders(out()));
        }
    }

    @Test
    void anotherStudyUnderTheSameNameIsAnotherRun() throws IOException {
        var first = finished(out());
        var changed = STUDY.replace("steps: 2", "steps: 3");
        var second = finished(out(), changed, false);
        assertEquals(NAME + ".2", second.path().getFileName().toString());
        assertTrue(says("other runs are called " + NAME + ", of other settings"), told.toString());
        assertEquals(first, finished(out()), "the first one is still there");
        assertEquals(second, finished(out(), changed, false));
        assertEquals(2, folders(out()).size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDamagedCheckpointLeadsBackToTheOneBeforeAndTheRestIsLearnedAgain(boolean ended) throws IOException {
        var whole = finished(folder.resolve("whole"));
        var run = ended ? finished(out()) : interrupted();
        var newest = ListedFiles.checkpoints(run.readRecord()).get(0);
        assertEquals(ended ? 2 : 1, newest);
        flip(run.checkpoint(newest), 1);
        assertSame(whole, finished(out()));
        assertTrue(says("checkpoint-" + newest + ".safetensors is damaged"), told.toString());
        assertTrue(says("goes back to the stage before"), told.toString());
        assertEquals(List.of(NAME), folders(out()));
    }

    @Test
    void withoutAWholeCheckpointTheRunBeginsAnew() throws IOException {
        var whole = finished(folder.resolve("whole"));
        var run = interrupted();
        flip(run.checkpoint(1), 1);
        Files.delete(run.checkpoint(0));
        assertSame(whole, finished(out()));
        assertTrue(says("checkpoint-0.safetensors is damaged: it is missing"), told.toString());
        assertTrue(says("the run begins anew"), told.toString());
        assertEquals(List.of(NAME), folders(out()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.json", "matrix.json", "predictions.jsonl", "study.yaml"})
    void aDamagedRecordIsSetAsideAndTheRunBeginsAnew(String name) throws IOException {
        var whole = finished(folder.resolve("whole"));
        flip(finished(out()).path().resolve(name), 2);
        assertSame(whole, finished(out()));
        assertTrue(says(name + " is damaged"), told.toString());
        assertEquals(List.of(NAME, NAME + ".damaged"), folders(out()));
        assertEquals(1, RunFolder.find(out()).size());
    }

    /** 240 flips over all files of a finished and an interrupted run: none is taken for what was written. */
    @Test
    void noFlippedBitIsAccepted() throws IOException {
        var runs = List.of(finished(folder.resolve("whole")), interrupted());
        for (var run : runs) {
            var kept = new ArrayList<>(
                    List.of("run.json", "matrix.json", "matrix.csv", "predictions.jsonl", "study.yaml"));
            ListedFiles.checkpoints(run.readRecord())
                    .forEach(stage ->
                            kept.add(run.checkpoint(stage).getFileName().toString()));
            assertEquals(7, kept.size());
            for (var i = 0; i < 120; i++) {
                var file = run.path().resolve(kept.get(i % kept.size()));
                var good = Files.readAllBytes(file);
                flip(file, i);
                var message = assertThrows(RuntimeException.class, () -> checkAll(run), file + ", flip " + i)
                        .getMessage();
                assertTrue(message.startsWith(file.toString()), message);
                Files.write(file, good);
            }
            checkAll(run);
        }
    }

    private static void checkAll(RunFolder run) {
        var record = run.read();
        for (var stage : ListedFiles.checkpoints(record)) {
            run.checkCheckpoint(record, stage);
            assertThrows(KarutaException.class, () -> new Checkpoint(run.checkpoint(stage + 7)).check());
            new Checkpoint(run.checkpoint(stage)).check();
        }
    }

    @Test
    void twoAtOnceShareTheRunsAndBothHaveThemAll() throws Exception {
        var study = STUDY.replace("seeds: [1]", "seeds: [1, 2, 3]");
        steps.set(0);
        var one = CompletableFuture.supplyAsync(() -> run(out(), study, false));
        var two = CompletableFuture.supplyAsync(() -> run(out(), study, false));
        for (var outcomes : List.of(one.get(60, TimeUnit.SECONDS), two.get(60, TimeUnit.SECONDS))) {
            assertEquals(3, outcomes.size());
            outcomes.forEach(outcome -> assertEquals(RunStatus.FINISHED, outcome.status(), outcome.toString()));
        }
        assertEquals(3, folders(out()).size());
        assertEquals(2 * 2 + 3 * 2 * 2, steps.get(), "two rehearsals, and every run once");
    }

    @Test
    void whatAnotherProcessDoesIsWaitedForAndGoneOnWith() throws Exception {
        var whole = finished(folder.resolve("whole"));
        var run = interrupted();
        var other = FolderLock.tryLock(run.path()).orElseThrow();
        var mine = CompletableFuture.supplyAsync(() -> run(out(), STUDY, false).get(0));
        while (!says(
                "is being carried out by process " + ProcessHandle.current().pid())) {
            assertFalse(mine.isDone(), told.toString());
            Thread.sleep(5);
        }
        other.close();
        assertEquals(RunStatus.FINISHED, mine.get(60, TimeUnit.SECONDS).status());
        assertSame(whole, run);
    }

    @Test
    void whoeverDeletesTheOutputFolderFailsThatRunAlone() throws IOException {
        toys.shelf()
                .with(
                        Kind.LEARNER,
                        "vandal",
                        options -> new Pupil((loss, step) -> {
                            if (step.stage().number() == 2 && steps.incrementAndGet() == 3) {
                                remove();
                            }
                            return loss;
                        }));
        var outcomes = run(
                out(),
                STUDY.replace("arms:\n", "arms:\n  bad: {learner: vandal}\n").replace("counted", "pupil"),
                false);
        assertEquals(
                List.of(RunStatus.FAILED, RunStatus.FINISHED),
                outcomes.stream().map(RunOutcome::status).toList());
        assertTrue(outcomes.get(0).message().orElseThrow().contains("there is no such file or folder"));
        outcomes.get(1).folder().orElseThrow().read();
        assertTrue(told.toString().contains(out() + " was not there any more"), told.toString());
    }

    private void remove() {
        try {
            FolderTree.delete(out());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Every single change of the disk fails, or is the first one after a kill, in turns; the same command then goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whateverFailsTheSameCommandGoesOnToTheSameBits(boolean dead) throws IOException {
        var whole = finished(folder.resolve("whole"));
        var calm = new FaultyDisk(0, false);
        finished(calm.path(folder.resolve("calm")));
        assertTrue(calm.changes() > 30, "there is something to fail: " + calm.changes());
        for (var change = dead ? 1 : 2; change <= calm.changes(); change += 2) {
            var out = folder.resolve(dead + "-" + change);
            try {
                run(new FaultyDisk(change, dead).path(out), STUDY, false);
            } catch (KarutaException | RecordException told) {
                assertTrue(told.getMessage().contains(out.toString()), told.getMessage());
            }
            if (Files.isDirectory(out.resolve(NAME))
                    && Files.exists(out.resolve(NAME).resolve("run.json"))) {
                new RunFolder(out.resolve(NAME)).read(); // as a table would
            }
            var run = finished(out);
            assertSame(whole, run);
            assertEquals(List.of(NAME), folders(out), "change " + change);
        }
    }
}
