package karuta.study.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.RunStatus;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run folder that is not as it was written is never read as if it were. */
class RunIntegrityTest {

    private static final KarutaFactory FACTORY = KarutaFactory.eINSTANCE;
    private static final List<String> TASKS = List.of("a", "b", "c");

    @TempDir
    Path out;

    private RunFolder folder;
    private Run run;

    @BeforeEach
    void begin() {
        run = run();
        folder = RunFolder.create(out, run);
        ListedFiles.list(run, folder.writeStudy("study: q\n"));
        folder.writeRun(run);
        complete(0);
    }

    private static Run run() {
        var run = RunFolderTest.run();
        run.getStages().clear();
        run.getTasks().clear();
        run.getTasks().addAll(TASKS);
        run.setStatus(RunStatus.RUNNING);
        run.setMatrix(FACTORY.createScoreMatrix());
        run.getMatrix().getTasks().addAll(TASKS);
        return run;
    }

    /** As an engine does after a stage. */
    private void complete(int stage) {
        files(stage);
        folder.writeRun(run);
    }

    private void files(int stage) {
        var learned = stage == 0 ? List.<String>of() : List.of(TASKS.get(stage - 1));
        var predictions = TASKS.stream()
                .map(task -> new Prediction(stage, task, "1", "?", "yes", "no", 1 / 3.0, List.of()))
                .toList();
        ListedFiles.list(run, folder.writePredictions(stage, predictions));
        var row = FACTORY.createRow();
        row.setStage(stage);
        row.getTrained().addAll(learned);
        row.getScores().addAll(List.of(0.1 * stage, 1 / 3.0, 1.0));
        run.getMatrix().getRows().add(row);
        ListedFiles.list(run, folder.writeMatrix(run.getMatrix()));
        if (stage > 0) {
            var record = FACTORY.createStage();
            record.setNumber(stage);
            record.getTasks().addAll(learned);
            run.getStages().add(record);
        }
    }

    private void end(RunStatus status) {
        run.setStatus(status);
        folder.writeRun(run);
    }

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"FINISHED", "INTERRUPTED"})
    void flippedBitsAllOverAreNamed(RunStatus status) throws IOException {
        complete(1);
        end(status);
        assertEquals(2, folder.read().getMatrix().getRows().size());
        var random = new Random(1);
        for (var name : List.of("run.json", "matrix.json", "matrix.csv", "predictions.jsonl", "study.yaml")) {
            var file = folder.path().resolve(name);
            var good = Files.readAllBytes(file);
            for (var at = 0; at < good.length; at += 1 + good.length / 300) {
                var bad = good.clone();
                bad[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bad);
                assertDamaged(name);
            }
            for (var length : new int[] {0, 1, good.length / 2, good.length - 1}) {
                Files.write(file, Arrays.copyOf(good, length));
                assertDamaged(name);
            }
            Files.write(file, good);
        }
        folder.read();
    }

    private void assertDamaged(String name) {
        var told = assertThrows(DamagedRecordException.class, folder::read).getMessage();
        assertTrue(told.startsWith(folder.path().resolve(name) + " is damaged: "), told);
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        for (var name : List.of("matrix.json", "predictions.jsonl", "study.yaml")) {
            var file = folder.path().resolve(name);
            var good = Files.readAllBytes(file);
            Files.delete(file);
            assertDamaged(name);
            Files.write(file, good);
        }
        Files.delete(folder.path().resolve("matrix.csv")); // matrix.json says the same
        folder.read();
    }

    /** Killed after each file of a stage: what the record does not list yet does not count. */
    @Test
    void aKilledProcessLeavesTheStateAfterAStage() throws IOException {
        var before = EcoreUtil.copy(folder.read());
        for (var files : List.of(
                List.of("predictions.jsonl"),
                List.of("predictions.jsonl", "matrix.json"),
                List.of("predictions.jsonl", "matrix.json", "matrix.csv"))) {
            var former = RunFolder.create(out.resolve("copy"), run);
            for (var name : List.of("study.yaml", "run.json", "predictions.jsonl", "matrix.json", "matrix.csv")) {
                Files.copy(folder.path().resolve(name), former.path().resolve(name));
            }
            var later = new RunIntegrityTest();
            later.out = out.resolve("later" + files.size());
            later.begin();
            later.files(1);
            for (var name : files) {
                Files.copy(
                        later.folder.path().resolve(name),
                        former.path().resolve(name),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            assertTrue(EcoreUtil.equals(before, former.read()), files.toString());
        }
    }

    @Test
    void aFinishedRunHasNothingMoreThanItsRecordSays() throws IOException {
        end(RunStatus.FINISHED);
        for (var name : List.of("predictions.jsonl", "matrix.csv")) {
            var file = folder.path().resolve(name);
            var good = Files.readString(file);
            Files.writeString(file, good + "\n");
            assertDamaged(name);
            Files.writeString(file, good);
        }
    }

    /** As records of older versions are judged, too, which have no hashes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "it has 3 rows, and the run 3 stages after the row before training | 0 2 3",
                "row 0 is that of stage 1 | 1 2 3 3",
                "row 2 is that of stage 1 | 0 1 1 3",
                "row 1 is that of stage 2 | 0 2 1 3",
                "row 3 says that [b] were learned | 0 1 2 3b",
                "row 2 has the score NaN, which is not from 0 to 10 | 0 1 2n 3",
                "row 2 has the score 57.0, which is not from 0 to 10 | 0 1 2p 3",
                "row 2 has 2 scores for 3 tasks | 0 1 2s 3",
                "its tasks are not those of the run | 0 1 2 3t"
            })
    void rowsThatAreNotThoseOfTheStagesAreNamed(String claim) {
        complete(1);
        complete(2);
        complete(3);
        end(RunStatus.FINISHED);
        run.getFiles().clear();
        folder.writeRun(run);
        assertFalse(ListedFiles.isSealed(folder.read()));

        var parts = claim.split(" \\| ");
        var matrix = FACTORY.createScoreMatrix();
        matrix.getTasks().addAll(parts[1].contains("t") ? List.of("a", "c", "b") : TASKS);
        for (var word : parts[1].split(" ")) {
            var row = FACTORY.createRow();
            var stage = word.charAt(0) - '0';
            row.setStage(stage);
            if (stage > 0) {
                row.getTrained().add(word.contains("b") ? "b" : TASKS.get(stage - 1));
            }
            row.getScores().addAll(List.of(0.5, word.contains("n") ? Double.NaN : word.contains("p") ? 57 : 0.5));
            if (!word.contains("s")) {
                row.getScores().add(0.5);
            }
            matrix.getRows().add(row);
        }
        folder.writeMatrix(matrix);
        var told = assertThrows(DamagedRecordException.class, folder::read).getMessage();
        assertEquals(folder.path().resolve("matrix.json") + " is damaged: " + parts[0], told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the score 10.5 does not lie between 0 and 10 | 10.5 | 1",
                "the score NaN does not lie between 0 and 10 | \"NaN\" | 1",
                "stage 0 follows stage 1 | 0.5 | 0"
            })
    void predictionsThatCannotBeAreNamed(String why, String score, int stage) throws IOException {
        var file = folder.path().resolve("predictions.jsonl");
        var line =
                "{\"stage\":%s,\"task\":\"a\",\"id\":\"1\",\"prompt\":\"?\",\"text\":\"\",\"answer\":\"\",\"score\":%s,"
                        + "\"selected\":[]}\n";
        Files.writeString(file, line.formatted("1", "0.5") + line.formatted(stage, score));
        var told = assertThrows(DamagedRecordException.class, () -> folder.forEachPrediction(p -> {}));
        assertEquals(file + ":2 is damaged: " + why, told.getMessage());
    }

    @Test
    void checkpointsAreListedAndChecked() throws IOException {
        var file = Files.writeString(folder.checkpoint(0), "weights");
        ListedFiles.list(run, folder.hashOfCheckpoint(0));
        folder.writeRun(run);
        assertEquals(List.of(0), ListedFiles.checkpoints(folder.read()));
        folder.checkCheckpoint(run, 0);
        Files.writeString(file, "weighty");
        var told = assertThrows(DamagedRecordException.class, () -> folder.checkCheckpoint(run, 0));
        assertTrue(told.getMessage().startsWith(file + " is damaged: its SHA-256 is "), told.getMessage());
    }
}
