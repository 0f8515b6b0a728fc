package karuta.report.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import karuta.files.FolderLock;
import karuta.report.Runs;
import karuta.report.watch.RunState.Activity;
import karuta.report.watch.RunState.Step;
import karuta.study.RunStatus;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsWatchTest {

    private static final String STUDY = """
            study: demo
            seeds: [1, 2]
            backbone: tiny
            encoder: tiny
            benchmark: cards
            orders: {forward: [a, b], backward: [b, a]}
            arms:
              dual: {learner: prompt, selector: dual}
              lora: {baseline: lora}
            """;

    @TempDir
    private Path out;

    private RunFolder begin(double... scores) {
        var run = Runs.run("dual", 1, scores);
        run.setStatus(RunStatus.RUNNING);
        return new Runs(out).write(run);
    }

    private RunState only() {
        return new RunsWatch(out).look().runs().get(0);
    }

    @Test
    void aRunThatSomebodyHoldsIsRunningAndOneThatNobodyHoldsIsLeftBehind() throws IOException {
        var folder = begin(0, 0, 0.9, 0);
        assertEquals(Activity.LEFT, only().what());
        try (var lock = FolderLock.tryLock(folder.path()).orElseThrow()) {
            assertEquals(Activity.RUNNING, only().what());
        }
        assertEquals(Activity.LEFT, only().what());
    }

    @Test
    void theLastStepOfTheOpenStageIsShown() throws IOException {
        var folder = begin(0, 0, 0.9, 0);
        Files.writeString(
                folder.log(),
                "x INFO stage 1, step 80 of 80: {lm=0.1}\nx INFO stage 2, step 7 of 80: {align.image=0.33260101, lm=0.25}\nx IN");
        try (var lock = FolderLock.tryLock(folder.path()).orElseThrow()) {
            assertEquals(Optional.of(new Step(7, 80)), only().step());
            assertEquals("align.image 0.332, lm 0.25", only().losses());
            assertEquals(1, only().learned());
        }
        assertEquals(Optional.empty(), only().step(), "nobody makes further steps");
    }

    @Test
    void stepsOfStagesThatAreCompleteAreOld() throws IOException {
        var folder = begin(0, 0, 0.9, 0);
        Files.writeString(folder.log(), "x INFO stage 1, step 80 of 80: {lm=0.1}\n");
        try (var lock = FolderLock.tryLock(folder.path()).orElseThrow()) {
            assertEquals(Optional.empty(), only().step());
        }
    }

    @Test
    void aLogMayHoldAnything() throws IOException {
        var folder = begin(0, 0, 0.9, 0);
        Files.write(folder.log(), new byte[] {(byte) 0xFF, 0, 10, 27, '[', '2', 'J'});
        assertEquals(Optional.empty(), LogTail.of(folder.log()));
        Files.writeString(folder.log(), "stage 99999999999999, step 1 of 2: {}\nstage 2, step 3 of 4: {a=\u001b[2J}\n");
        assertEquals(Optional.of(new LogTail(2, 3, 4, "a  [2J")), LogTail.of(folder.log()));
        Files.delete(folder.log());
        assertEquals(Optional.empty(), LogTail.of(folder.log()));
    }

    @Test
    void theStudyBesideTheRunsSaysHowManyThereWillBe() {
        var folder = begin(0, 0, 0.9, 0);
        assertEquals(1, new RunsWatch(out).look().planned(), "no study is there");
        folder.writeStudy(STUDY);
        assertEquals(8, new RunsWatch(out).look().planned());
        assertEquals(1, new RunsWatch(folder.path()).look().planned(), "one folder is one run");
    }

    @Test
    void whatIsLeftTakesAsLongAsWhatWasDone() throws IOException {
        var folder = begin(0, 0, 0.9, 0); // a stage of 5.25 s
        folder.writeStudy(STUDY);
        try (var lock = FolderLock.tryLock(folder.path()).orElseThrow()) {
            var state = new RunsWatch(out).look();
            assertEquals(5.25 + 7 * 2 * 5.25, state.secondsLeft().getAsDouble(), 1e-9);
            assertFalse(state.over());
        }
    }

    @Test
    void aStudyIsOverWhenAllHaveFinishedOrFailed() {
        var runs = new Runs(out);
        runs.write(Runs.run("dual", 1, 0, 0, 0.9, 0, 0.6, 0.8));
        var failed = Runs.run("lora", 1, 0, 0);
        failed.setStatus(RunStatus.FAILED);
        runs.write(failed);
        var state = new RunsWatch(out).look();
        assertTrue(state.over());
        assertEquals(List.of(1L, 1L), List.of(state.count(Activity.FINISHED), state.count(Activity.FAILED)));
    }

    @Test
    void aRecordThatCannotBeReadCountsAsOneToCome() throws IOException {
        Files.writeString(begin(0, 0, 0.9, 0).path().resolve("run.json"), "{");
        var watch = new RunsWatch(out);
        assertThrows(RecordException.class, watch::look);
        new Runs(out).write(Runs.run("lora", 1, 0, 0, 0.9, 0, 0.6, 0.8));
        var state = watch.look();
        assertEquals(1, state.runs().size());
        assertEquals(2, state.planned());
        assertFalse(state.over());
    }

    @Test
    void aRecordIsReadAgainWhenItHasChanged() throws IOException {
        var folder = begin(0, 0, 0.9, 0);
        var watch = new RunsWatch(out);
        assertEquals(1, watch.look().runs().get(0).learned());
        var run = Runs.run("dual", 1, 0, 0, 0.9, 0, 0.6, 0.8);
        run.setStarted("2026-01-01T12:00:00Z");
        folder.writeRun(run);
        Files.setLastModifiedTime(folder.path().resolve("run.json"), FileTime.fromMillis(1));
        assertEquals(Activity.FINISHED, watch.look().runs().get(0).what());
    }
}
