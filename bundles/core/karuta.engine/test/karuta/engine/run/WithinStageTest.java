package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import karuta.api.Forward;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.Phase;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.TrainingStep;
import karuta.engine.catalog.Kind;
import karuta.engine.plan.Planner;
import karuta.engine.toy.FaultyDisk;
import karuta.engine.toy.Pupil;
import karuta.engine.toy.Toys;
import karuta.study.RunStatus;
import karuta.study.file.StudyReader;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import karuta.tensor.Ops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that ends within a stage, wherever that is, goes on there, and ends with the bits that it would have had. */
class WithinStageTest {

    private static final int STEPS = 6;
    private static final int STAGES = 2;
    private static final int REHEARSED = 2;

    private static final List<String> KEPT = List.of(
            "matrix.json", "matrix.csv", "predictions.jsonl", "checkpoint-1.safetensors", "checkpoint-2.safetensors");

    @TempDir
    private Path folder;

    private Toys toys;
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private CheckpointPace pace = CheckpointPace.every(1);
    private int steps;
    private int answers;
    private int killAtStep;
    private int killAtAnswer;
    private Runnable mishap = () -> {
        throw new Killed();
    };

    /** What a kill is to those who are within the process. */
    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;
    }

    /** Counts, and dies when it is told to. */
    private class Mortal extends Pupil {

        @Override
        public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
            if (++steps == killAtStep) {
                mishap.run();
            }
            return super.losses(forward, step);
        }

        @Override
        public List<PromptedInput> prompt(List<Input> inputs, TrainingStep step) {
            return super.prompt(inputs);
        }

        @Override
        public List<PromptedInput> prompt(List<Input> inputs) {
            answers += inputs.size();
            if (killAtAnswer > 0 && answers >= killAtAnswer) {
                throw new Killed();
            }
            return super.prompt(inputs);
        }
    }

    /** What it has learned is drawn to how often it has learned, which its parameters do not say. */
    private class Tiring extends Mortal {

        private int taken;

        @Override
        public void afterStep(Forward forward, TrainingStep step) {
            taken++;
            NDArray weights = trainable().get(0).value();
            Ops.scale(weights, 1 - 0.01 * taken).copyTo(weights);
        }
    }

    /** Says so. */
    private final class Open extends Tiring {

        @Override
        public State save() {
            var own = super.save();
            var notes = new HashMap<>(own.metadata());
            notes.put("taken", String.valueOf(super.taken));
            return new State(own.tensors(), notes);
        }

        @Override
        public void load(State state) {
            super.load(state);
            loadWithin(state);
        }

        @Override
        public Optional<State> saveWithin() {
            return Optional.of(new State(Map.of(), Map.of("taken", String.valueOf(super.taken))));
        }

        @Override
        public void loadWithin(State state) {
            super.taken = Integer.parseInt(state.metadata().get("taken"));
        }
    }

    /** It begins each stage as one that has not learned yet, so that a stage that is begun again is the same. */
    private final class Silent extends Tiring {

        @Override
        public void endStage(Stage stage, StageData data) {
            super.endStage(stage, data);
            super.taken = 0;
        }
    }

    /** Learns in two phases, each of them something else. */
    private final class Phased extends Mortal {

        private Optional<NDArray> bias = Optional.empty();
        private boolean second;

        @Override
        protected void started() {
            super.started();
            bias = Optional.of(context().keep(super.trainable().get(0).value().zerosLike()));
        }

        @Override
        public List<Phase> phases(Stage stage) {
            return List.of(
                    new Phase("first", new Phase.Length.Share(0.5)), new Phase("then", new Phase.Length.Share(0.5)));
        }

        /** The second phase begins with what the first one has made. */
        @Override
        public void beginPhase(Phase phase) {
            second = phase.name().equals("then");
            if (second) {
                NDArray half = Ops.scale(super.trainable().get(0).value(), 0.5);
                half.copyTo(bias.orElseThrow());
            }
        }

        @Override
        public List<Parameter> trainable() {
            return second ? List.of(new Parameter("bias", bias.orElseThrow())) : super.trainable();
        }

        @Override
        public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
            var losses = new HashMap<>(super.losses(forward, step));
            NDArray both = super.trainable().get(0).value().add(bias.orElseThrow());
            losses.put("both", Ops.scale(both.mul(both).sum(), 0.01));
            return losses;
        }

        @Override
        public State save() {
            var own = super.save();
            return new State(
                    Map.of("weights", own.tensors().get("weights"), "bias", bias.orElseThrow()), own.metadata());
        }

        @Override
        public void load(State state) {
            super.load(state);
            bias = Optional.of(context().keep(state.tensors().get("bias")));
        }
    }

    @BeforeEach
    void open() {
        toys = new Toys();
        toys.shelf()
                .with(Kind.LEARNER, "mortal", options -> new Mortal())
                .with(Kind.LEARNER, "open", options -> new Open())
                .with(Kind.LEARNER, "silent", options -> new Silent())
                .with(Kind.LEARNER, "phased", options -> new Phased());
    }

    @AfterEach
    void close() {
        toys.close();
    }

    private static String study(String learner) {
        return """
                study: toys
                seeds: [1]
                backbone: toy
                encoder: toy
                benchmark: toys
                tasks: [task0, task1]
                training: {rate: 0.3, steps: %d, batch: 3}
                arms:
                  good: {learner: %s}
                """.formatted(STEPS, learner);
    }

    private RunOutcome run(Path out, String learner) {
        steps = 0;
        answers = 0;
        var plan = Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", study(learner)));
        var watch = new StudyListener() {
            @Override
            public void warns(String message) {
                told.add(message);
            }
        };
        var options = new RunOptions(out, folder.resolve("cache"), 1, false, false, true, pace);
        return new StudyRunner(toys.shelf(), plan, options, watch, new CancellationToken())
                .run()
                .get(0);
    }

    private RunFolder finished(Path out, String learner) {
        killAtStep = 0;
        killAtAnswer = 0;
        var outcome = run(out, learner);
        assertEquals(RunStatus.FINISHED, outcome.status(), outcome.toString());
        return outcome.folder().orElseThrow();
    }

    /** The steps of a rehearsal: one in each phase of each stage. */
    private static int rehearsed(String learner) {
        return learner.equals("phased") ? 2 * REHEARSED : REHEARSED;
    }

    private RunFolder killed(Path out, String learner, int step, int answer) {
        killAtStep = step == 0 ? 0 : rehearsed(learner) + step;
        killAtAnswer = answer;
        var outcome = run(out, learner);
        assertEquals(RunStatus.FAILED, outcome.status(), outcome.toString());
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
        assertEquals(losses(expected), losses(found));
        assertEquals(List.of(), found.progress());
        assertFalse(Files.exists(found.answers()));
    }

    private static List<String> losses(RunFolder run) {
        return run.readRecord().getStages().stream()
                .map(stage -> stage.getSteps() + " " + stage.getSamples() + " "
                        + stage.getLosses().stream()
                                .map(loss -> loss.getName() + "=" + loss.getValue())
                                .toList())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mortal", "open", "silent", "phased"})
    void whateverStepItIsKilledInItEndsWithTheSameBits(String learner) throws IOException {
        var whole = finished(folder.resolve("whole"), learner);
        for (var step = 1; step <= STAGES * STEPS; step++) {
            var out = folder.resolve("killed-" + step);
            killed(out, learner, step, 0);
            assertSame(whole, finished(out, learner));
        }
    }

    @ParameterizedTest
    @CsvSource({"mortal, true", "open, true", "phased, true", "silent, false"})
    void noStepIsTakenTwiceIfAllSayWhatAStepChanges(String learner, boolean exact) {
        var out = folder.resolve("out");
        var step = STEPS + 4; // the fourth of the second stage
        killed(out, learner, step, 0);
        finished(out, learner);
        assertEquals(rehearsed(learner) + (exact ? STEPS - 3 : STEPS), steps);
    }

    @Test
    void whoIsKilledWhileHeIsAskedLearnsNothingAgainAndIsAskedNothingAgain() throws IOException {
        var whole = finished(folder.resolve("whole"), "mortal");
        var all = answers;
        for (var last = all; last > 20; last -= 2) { // all but those of the rehearsal
            var out = folder.resolve("asked-" + last);
            killed(out, "mortal", 0, last);
            var given = Files.exists(new RunFolder(out.resolve(whole.path().getFileName())).answers());
            assertTrue(given, "answers are kept");
            assertSame(whole, finished(out, "mortal"));
            var again = steps - REHEARSED;
            assertEquals(0, again % STEPS, "a stage was learned whole or not at all");
            assertTrue(answers < all, "asked " + answers + " of " + all);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void ofADamagedPositionTheOneBeforeIsTakenAndLogAndRecordSaySo(int seed) throws IOException {
        var whole = finished(folder.resolve("whole"), "open");
        var out = folder.resolve("out");
        var run = killed(out, "open", STEPS + 5, 0);
        assertEquals(2, run.progress().size());
        var newest = run.progress().get(0);
        var bytes = Files.readAllBytes(newest);
        var random = new Random(seed);
        if (seed % 4 == 0) {
            Files.write(newest, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        } else {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(newest, bytes);
        }
        var after = finished(out, "open");
        assertEquals(REHEARSED + 3, steps, "one step more than those that were left");
        assertSame(whole, after);
        var words = newest.getFileName().toString();
        assertTrue(told.stream().anyMatch(line -> line.contains(words)), told.toString());
        assertTrue(Files.readString(after.log()).contains(words));
        assertTrue(after.readRecord().getEnvironment().stream()
                .anyMatch(note ->
                        note.getName().equals("damage") && note.getText().contains(words)));
    }

    @Test
    void withBothDamagedTheStageBeginsAgain() throws IOException {
        var whole = finished(folder.resolve("whole"), "open");
        var out = folder.resolve("out");
        var run = killed(out, "open", STEPS + 5, 0);
        for (var file : run.progress()) {
            Files.write(file, new byte[100]);
        }
        assertSame(whole, finished(out, "open"));
        assertEquals(REHEARSED + STEPS, steps);
    }

    /** Copied by hand into the folder of a run that has got elsewhere. */
    @Test
    void aPositionOfAnotherStageOrRunIsNotTaken() throws IOException {
        var whole = finished(folder.resolve("whole"), "open");
        var other = killed(folder.resolve("other"), "open", STEPS + 4, 0);
        var out = folder.resolve("out");
        var run = killed(out, "open", 2, 0);
        Files.copy(
                other.progress().get(0),
                run.path().resolve("progress-99.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        assertSame(whole, finished(out, "open"));
    }

    @Test
    void aTornLineOfAnswersAndAllBehindItDoesNotCount() throws IOException {
        var whole = finished(folder.resolve("whole"), "mortal");
        var all = answers;
        for (var seed = 0; seed < 12; seed++) {
            var out = folder.resolve("torn-" + seed);
            var run = killed(out, "mortal", 0, all);
            var bytes = Files.readAllBytes(run.answers());
            var random = new Random(seed);
            if (seed % 2 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(run.answers(), bytes);
            assertSame(whole, finished(out, "mortal"));
        }
    }

    /** Every single change of the disk fails, or is the first one after a kill. */
    @ParameterizedTest
    @CsvSource({"open, false", "open, true", "phased, true"})
    void whateverFailsOfTheDiskTheSameCommandGoesOnToTheSameBits(String learner, boolean dead) throws IOException {
        var whole = finished(folder.resolve("whole"), learner);
        var calm = new FaultyDisk(0, false);
        finished(calm.path(folder.resolve("calm")), learner);
        assertTrue(calm.changes() > 100, "there is something to fail: " + calm.changes());
        for (var change = dead ? 1 : 2; change <= calm.changes(); change += 5) {
            var out = folder.resolve(dead + "-" + change);
            try {
                run(new FaultyDisk(change, dead).path(out), learner);
            } catch (KarutaException | RecordException failed) {
                assertTrue(failed.getMessage().contains(out.toString()), failed.getMessage());
            }
            assertSame(whole, finished(out, learner));
        }
    }

    /** A file system of its own, as full as it gets; needs the right to mount one. */
    @Test
    void aFullDiskIsToldAndTheLastGoodOneStays() throws Exception {
        var whole = finished(folder.resolve("whole"), "open");
        var out = Files.createDirectories(folder.resolve("small"));
        assumeTrue(done("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", out.toString()), "no right to mount");
        try {
            var run = killed(out, "open", STEPS + 3, 0);
            var good = run.progress().get(0);
            var before = Files.readAllBytes(good);
            fill(out.resolve("filler"));
            var full = run(out, "open");
            assertEquals(RunStatus.FAILED, full.status());
            var message = full.message().orElseThrow();
            assertTrue(message.contains("space"), message);
            assertTrue(message.contains(out.toString()), message);
            assertArrayEquals(before, Files.readAllBytes(good), "the last good one stays");
            Files.delete(out.resolve("filler"));
            assertSame(whole, finished(out, "open"));
        } finally {
            done("umount", "-l", out.toString());
        }
    }

    @Test
    void aFolderThatBecomesReadOnlyIsToldAndTheLastGoodOneStays() throws Exception {
        var whole = finished(folder.resolve("whole"), "open");
        var out = Files.createDirectories(folder.resolve("small"));
        assumeTrue(done("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", out.toString()), "no right to mount");
        try {
            mishap = () -> assertTrue(done("mount", "-o", "remount,ro", out.toString()));
            var failed = killed(out, "open", STEPS + 3, 0);
            assertEquals(2, failed.progress().size());
            assertTrue(done("mount", "-o", "remount,rw", out.toString()));
            assertSame(whole, finished(out, "open"));
            assertEquals(REHEARSED + STEPS - 2, steps);
        } finally {
            done("umount", "-l", out.toString());
        }
    }

    private static void fill(Path file) throws IOException {
        try (var stream = Files.newOutputStream(file)) {
            while (true) {
                stream.write(new byte[512]);
            }
        } catch (IOException full) {
            assertTrue(Files.size(file) > 0);
        }
    }

    private static boolean done(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException | InterruptedException none) {
            return false;
        }
    }

    @Test
    void theClockDecidesUnlessStepsDo() {
        var clock = CheckpointPace.every(60.0);
        assertFalse(clock.isDue(1, 59, 0.1));
        assertTrue(clock.isDue(1, 60, 0.1));
        assertFalse(clock.isDue(1, 60, 3), "three seconds of each minute would be too much");
        assertTrue(clock.isDue(1, 150, 3));
        var counted = CheckpointPace.every(5);
        assertFalse(counted.isDue(4, 1e6, 0));
        assertTrue(counted.isDue(5, 0, 1e6));
    }
}
