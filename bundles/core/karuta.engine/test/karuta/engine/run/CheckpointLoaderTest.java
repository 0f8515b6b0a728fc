package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.TrainingStep;
import karuta.engine.catalog.Kind;
import karuta.engine.plan.Planner;
import karuta.engine.toy.Drawer;
import karuta.engine.toy.Pupil;
import karuta.engine.toy.Toys;
import karuta.study.RunStatus;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arms that begin with a checkpoint. */
class CheckpointLoaderTest {

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

    @TempDir
    private Path folder;

    private Toys toys;
    private CancellationToken stop = new CancellationToken();
    private boolean restless;

    /** Lets a pool make a card for each stage. */
    private static final class Cataloguer extends Pupil {

        @Override
        public void beginStage(Stage stage, StageData data) {
            part(PromptPool.class).beginStage(stage, data);
        }
    }

    @BeforeEach
    void open() {
        toys = new Toys();
        toys.shelf()
                .with(Kind.POOL, "drawer", options -> new Drawer())
                .with(Kind.LEARNER, "cataloguer", options -> new Cataloguer())
                .with(Kind.LEARNER, "stopping", options -> new Pupil(this::stop));
    }

    @AfterEach
    void close() {
        assertEquals(0, toys.shelf().open(), "every strategy is given back");
        toys.close();
    }

    private StudyRunner runner(String out, String study) {
        var plan = Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", study));
        var options = new RunOptions(folder.resolve(out), folder.resolve("cache"), 1, false, false);
        return new StudyRunner(toys.shelf(), plan, options, StudyListener.NOBODY, stop);
    }

    /** Runs a study of one arm with one seed. */
    private RunFolder run(String out, String study) {
        var outcome = runner(out, study).run().get(0);
        assertEquals(RunStatus.FINISHED, outcome.status(), outcome.toString());
        return outcome.folder().orElseThrow();
    }

    private static String from(RunFolder before, String study) {
        return study.replace("{learner:", "{from: '" + before.path() + "', learner:");
    }

    private String mistake(String study) {
        var runner = runner("mistaken", study);
        var told = assertThrows(StudyException.class, runner::validate).getMessage();
        assertThrows(StudyException.class, runner::run);
        assertEquals(0, folder.resolve("mistaken").toFile().list().length, "no run has begun");
        return told;
    }

    /** A checkpoint with nothing but the numbers and notes of some places. */
    private RunFolder checkpoint(Map<String, State> states) throws IOException {
        var made = new RunFolder(Files.createDirectories(folder.resolve("made")));
        new Checkpoint(made.checkpoint(3)).write(states);
        return made;
    }

    private State numbers(int n) {
        return new State(Map.of("weights", toys.context().manager().zeros(new Shape(n))), Map.of());
    }

    private static List<String> answers(RunFolder run, int stage, String task) {
        var answers = new ArrayList<String>();
        run.forEachPrediction(prediction -> {
            if (prediction.stage() == stage && prediction.task().equals(task)) {
                answers.add(prediction.id() + " " + prediction.text() + " " + prediction.selected());
            }
        });
        return answers;
    }

    @Test
    void theRowBeforeTrainingIsThatOfTheNewestCheckpoint() throws IOException {
        var before = run("before", STUDY);
        var after = run("after", from(before, STUDY.replace("[task0, task1]", "[task2, task1]")));

        assertEquals(answers(before, 2, "task1"), answers(after, 0, "task1"));
        assertNotEquals(answers(before, 0, "task1"), answers(after, 0, "task1"));
        assertEquals(
                before.read().getMatrix().getRows().get(2).getScores().get(1),
                after.read().getMatrix().getRows().get(0).getScores().get(1));
        var record = after.read();
        assertEquals(before.path().toString(), record.getArm().getFrom().getText());
        assertTrue(
                Records.fingerprint(record, "from").matches("[0-9a-f]{64}  .*checkpoint-2.safetensors"),
                Records.fingerprint(record, "from"));
        assertTrue(Files.exists(before.checkpoint(2)), "the run before stays as it is");
    }

    @Test
    void anotherCheckpointIsAnotherRun() throws IOException {
        var before = run("before", STUDY);
        var other = run("other", STUDY.replace("rate: 0.3", "rate: 0.2"));
        var study = from(before, STUDY);
        var first = run("out", study);
        var again = runner("out", study).run().get(0);
        Files.copy(other.checkpoint(2), before.checkpoint(2), StandardCopyOption.REPLACE_EXISTING);
        var changed = runner("out", study).run().get(0);

        assertEquals(first, again.folder().orElseThrow());
        assertNotEquals(first, changed.folder().orElseThrow());
        assertNotEquals(run("nothing", STUDY).path(), first.path());
        assertEquals(2, RunFolder.find(folder.resolve("out")).size());
    }

    @Test
    void whatEndedEarlyGoesOnFromItsOwnCheckpoint() throws IOException {
        var study = from(run("before", STUDY), STUDY).replace("pupil", "stopping");
        var whole = run("whole", study);
        var stopped = stopped(study);
        var resumed = runner("out", study).run().get(0);

        assertEquals(stopped, resumed.folder().orElseThrow());
        assertEquals(RunStatus.FINISHED, resumed.status());
        for (var file : List.of("matrix.csv", "predictions.jsonl")) {
            assertEquals(
                    Files.readString(whole.path().resolve(file)),
                    Files.readString(stopped.path().resolve(file)));
        }
    }

    /** A run that ends early, in its second stage; another attempt gets further. */
    private RunFolder stopped(String study) {
        restless = true;
        var outcome = runner("out", study).run().get(0);
        assertEquals(RunStatus.INTERRUPTED, outcome.status());
        restless = false;
        stop = new CancellationToken();
        return outcome.folder().orElseThrow();
    }

    private NDArray stop(NDArray loss, TrainingStep step) {
        if (restless && step.stage().number() == 2 && step.step() == 5) {
            stop.raise();
        }
        return loss;
    }

    @Test
    void aCheckpointOfOtherStrategiesIsRefusedBeforeAnythingBegins() throws IOException {
        var other = checkpoint(Map.of("over.learner", numbers(3)));
        assertEquals(
                "toys.yaml:9: arm \"good\": Cannot begin with " + other.checkpoint(3)
                        + ": it holds what over.learner kept, but the arm has learner\n"
                        + "  Name a checkpoint of an arm of the same strategies.",
                mistake(from(other, STUDY)));
    }

    @Test
    void aCheckpointThatHoldsNothingIsRefused() throws IOException {
        var told = mistake(from(checkpoint(Map.of()), STUDY));
        assertTrue(told.contains("it holds what nobody kept, but the arm has learner\n"), told);
    }

    @Test
    void whatNobodyTakesUpIsTold() throws IOException {
        var weights = run("before", STUDY);
        var states = new HashMap<String, State>();
        try (var manager = NDManager.newBaseManager()) {
            states.putAll(new Checkpoint(weights.checkpoint(2)).read(manager, ""));
            states.put("pool", numbers(3));
            var more = checkpoint(states);
            var told = mistake(from(more, STUDY));
            assertTrue(
                    told.contains("it holds what learner, pool kept, but the arm has learner, and none of them takes"
                            + " up pool/weights"),
                    told);
        }
    }

    @Test
    void aStrategysOwnComplaintIsPassedOnWithTheFile() throws IOException {
        toys.shelf().with(Kind.LEARNER, "choosy", options -> new Pupil() {
            @Override
            public void load(State state) {
                throw new KarutaException("The shape is wrong.", "Take another.");
            }
        });
        var before = run("before", STUDY);
        assertEquals(
                "toys.yaml:9: arm \"good\": Cannot begin with " + before.checkpoint(2)
                        + "\n  The shape is wrong.\n  Take another.",
                mistake(from(before, STUDY.replace("pupil", "choosy"))));
        var notes = checkpoint(Map.of("learner", new State(Map.of(), Map.of("a", "b"))));
        assertTrue(mistake(from(notes, STUDY)).contains("Cannot begin with " + notes.checkpoint(3) + ": "));
    }

    @Test
    void aDamagedCheckpointIsToldWithWhatToDo() throws IOException {
        var before = run("before", STUDY);
        var bytes = Files.readAllBytes(before.checkpoint(2));
        Files.write(before.checkpoint(2), Arrays.copyOf(bytes, bytes.length - 4));
        var told = mistake(from(before, STUDY));
        assertTrue(told.contains("The checkpoint cannot be used: " + before.checkpoint(2)), told);
        assertTrue(told.endsWith("Let \"from\" name another folder than " + before.path() + "."), told);
    }

    @Test
    void cardsThatCouldNotBeToldApartAreRefused() {
        var study = STUDY.replace("learner: pupil", "learner: cataloguer, pool: drawer");
        var before = run("before", study);

        var after = run("after", from(before, study.replace("[task0, task1]", "[task2]")));
        assertEquals(RunStatus.FINISHED, after.read().getStatus());
        var told = mistake(from(before, study.replace("[task0, task1]", "[task2, task1]")));
        assertTrue(told.contains("The pool would have two cards called \"task1\""), told);
        assertTrue(told.contains("Leave \"task1\" out of the study"), told);
    }

    @Test
    void aFolderWithoutCheckpointIsToldWithItsLine() throws IOException {
        var none = folder.resolve("none");
        var study = from(new RunFolder(none), STUDY);
        var runner = assertThrows(StudyException.class, () -> runner("out", study));
        assertTrue(
                runner.getMessage().startsWith("toys.yaml:9: \"from\": there is no folder " + none),
                runner.getMessage());
        Files.createDirectories(none);
        var empty = assertThrows(StudyException.class, () -> runner("out", study));
        assertTrue(empty.getMessage().contains("the folder " + none + " holds no checkpoint"), empty.getMessage());
    }
}
