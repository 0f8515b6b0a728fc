package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.engine.run.RunFolders.Claim;
import karuta.engine.run.RunFolders.Elsewhere;
import karuta.engine.run.RunFolders.Mine;
import karuta.engine.toy.FaultyDisk;
import karuta.files.FolderLock;
import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.file.StudyReader;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever another process does in the meantime, no run gets a second folder. */
class RunFoldersTest {

    private static final String NAME = "s.a.default.seed1";

    @TempDir
    private Path folder;

    private int outs;

    /** The record of a run that has no row. */
    private static Run begun(String fingerprint) {
        var study = StudyReader.parse("s.yaml", """
            study: s
            seeds: [1]
            backbone: toy
            encoder: toy
            benchmark: toys
            training: {rate: 0.3}
            arms:
              a: {learner: pupil}
            """);
        var run = KarutaFactory.eINSTANCE.createRun();
        run.setStudy(study.getName());
        run.setArm(study.getArms().get(0));
        run.setOrder("default");
        run.setSeed(1);
        run.setBackbone(study.getBackbone());
        run.setEncoder(study.getEncoder());
        run.setBenchmark(study.getBenchmark());
        run.setTraining(study.getTraining());
        run.setStatus(RunStatus.RUNNING);
        run.setStarted("2026-01-01T00:00:00Z");
        var print = KarutaFactory.eINSTANCE.createNote();
        print.setName(Records.RUN);
        print.setText(fingerprint);
        run.getFingerprints().add(print);
        return run;
    }

    private static Claim claim(Path out) {
        return new RunFolders(out, new StudyListener() {}, new CancellationToken()).claim(begun("wanted"));
    }

    /** What another process does in its folder, one after the other. */
    private interface Deed {

        void in(RunFolder folder, FolderLock lock);
    }

    /** Claims the run while another process has its folder and does something at two accesses of this one to the disk. */
    private int interleaved(Optional<Run> before, Deed first, int atFirst, Deed second, int atSecond)
            throws IOException {
        var out = folder.resolve("out" + outs++);
        var its = new RunFolder(Files.createDirectories(out.resolve(NAME)));
        before.ifPresent(its::writeRun);
        var accesses = new int[1];
        try (var lock = FolderLock.tryLock(its.path()).orElseThrow()) {
            var disk = new FaultyDisk(() -> {
                accesses[0]++;
                if (accesses[0] == atFirst) {
                    first.in(its, lock);
                }
                if (accesses[0] == atSecond) {
                    second.in(its, lock);
                }
            });
            var claim = claim(disk.path(out));
            assertEquals(List.of(NAME), ResumeTest.folders(out), "at " + atFirst + " and " + atSecond);
            if (claim instanceof Mine mine) {
                assertEquals(Optional.of("wanted"), mine.past().map(run -> Records.fingerprint(run, Records.RUN)));
                mine.lock().close();
            }
        }
        return accesses[0];
    }

    private void atAllAccesses(Optional<Run> before, Deed first, Deed second) throws IOException {
        var most = interleaved(before, first, 0, second, 0);
        assertTrue(most > 5, "there is something to interleave: " + most);
        for (var i = 1; i <= most; i++) {
            for (var j = i; j <= most; j++) {
                interleaved(before, first, i, second, j);
            }
        }
    }

    @Test
    void whoBeginsAnewInTheMeantimeHasTheRun() throws IOException {
        var record = begun("wanted");
        atAllAccesses(Optional.of(record), (folder, lock) -> folder.clear(), (folder, lock) -> folder.writeRun(record));
    }

    @Test
    void whoBeginsAndEndsInTheMeantimeLeavesTheRun() throws IOException {
        atAllAccesses(
                Optional.empty(), (folder, lock) -> folder.writeRun(begun("wanted")), (folder, lock) -> lock.close());
    }

    @Test
    void whoHasTakenOverTheFolderOfAnotherRunIsAboutToBegin() throws IOException {
        var left = new RunFolder(Files.createDirectories(folder.resolve(NAME)));
        left.writeRun(begun("another"));
        var mine = assertInstanceOf(Mine.class, claim(folder));
        assertEquals(left, mine.folder());
        assertInstanceOf(Elsewhere.class, claim(folder));
        mine.lock().close();
        assertEquals(List.of(NAME), ResumeTest.folders(folder));
    }

    @Test
    void whoCarriesOutAnotherRunIsNotWaitedFor() throws IOException {
        var other = new RunFolder(Files.createDirectories(folder.resolve(NAME)));
        other.writeRun(begun("another"));
        try (var lock = FolderLock.tryLock(other.path()).orElseThrow()) {
            var mine = assertInstanceOf(Mine.class, claim(folder));
            mine.lock().close();
            assertEquals(folder.resolve(NAME + ".2"), mine.folder().path());
        }
    }
}
