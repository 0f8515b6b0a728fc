package karuta.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.StudyListener;
import karuta.study.Note;
import karuta.study.RunStatus;
import karuta.study.record.DamagedRecordException;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Two true runs that differ in one thing: it is named, with its place. */
class PlantedCausesTest {

    @TempDir
    static Path shared;

    private static Path whole;

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    @BeforeAll
    static void runOnce() {
        whole = run(Fault.NONE, World.STUDY, shared.resolve("whole"));
    }

    private static Path run(Fault fault, String study, Path out) {
        try (var world = new World(fault)) {
            return world.run(study, out);
        }
    }

    /**
     * What must be said of a cause.
     *
     * @param level of what differs first
     * @param stage where; -1 for all of a run
     * @param words of the evidence
     */
    private record Said(Level level, int stage, String words) {}

    private static DynamicTest planted(Fault fault, Level level, int stage, String words) {
        return named(fault.name(), fault, World.STUDY, new Said(level, stage, words));
    }

    private static DynamicTest changed(String from, String to, Level level, String words) {
        return named(from + " becomes " + to, Fault.NONE, World.STUDY.replace(from, to), new Said(level, -1, words));
    }

    private static DynamicTest named(String name, Fault fault, String study, Said said) {
        return DynamicTest.dynamicTest(name, () -> {
            var other = run(fault, study, Files.createTempDirectory(shared, "other"));
            var bisection = Bisection.between(whole, other);
            var first = bisection.first().orElseThrow();
            assertEquals(said.level(), first.level(), bisection.toString());
            assertEquals(said.stage(), first.stage(), first.text());
            assertTrue(first.text().contains(said.words()), first.text());
        });
    }

    @TestFactory
    Stream<DynamicTest> everyPlantedCauseIsNamedWithItsPlace() {
        return Stream.of(
                changed(
                        "selector: nearest",
                        "selector: {id: nearest, k: 2}",
                        Level.OPTION,
                        "arm.selector.k: 1 against 2"),
                changed("steps: 3", "steps: 4", Level.OPTION, "training.steps: 3 against 4"),
                changed("rate: 0.1", "rate: 0.2", Level.OPTION, "training.rate: 0.1 against 0.2"),
                changed("seeds: [1]", "seeds: [2]", Level.OPTION, "seed: 1 against 2"),
                changed("[task0, task1]", "[task1, task0]", Level.ORDER, "[task0, task1] against [task1, task0]"),
                planted(Fault.DEFAULT, Level.OPTION, -1, "arm.selector.k: 1 against 2"),
                planted(Fault.TRAINING_DATA, Level.DATA, -1, "data task0: "),
                planted(Fault.TEST_DATA, Level.DATA, -1, "data task0: "),
                planted(Fault.DATA_ORDER, Level.DATA, -1, "data task0: "),
                planted(Fault.FROZEN_WEIGHTS, Level.WEIGHTS, -1, "frozen weights backbone: "),
                planted(Fault.INITIAL_WEIGHTS, Level.WEIGHTS, 2, "stage 2, what is trained begins as"),
                planted(Fault.BATCH, Level.BATCH, 2, "stage 2, step 1: samples"),
                planted(Fault.LOSS, Level.LOSS, 2, "stage 2, step 2: loss lm"),
                planted(Fault.GRADIENT, Level.GRADIENT, 1, "stage 1, step 3: norm of the gradient"),
                planted(Fault.RATE, Level.RATE, 2, "stage 2, step 2: learning rate"),
                planted(Fault.STATE, Level.STATE, 2, "after stage 2, what is kept:"),
                planted(Fault.SELECTION, Level.SELECTION, 1, "after stage 1, sample s8 of task0: cards ["),
                planted(Fault.FUSION, Level.ANSWER, 1, "after stage 1, sample "),
                planted(Fault.ANSWER, Level.ANSWER, 1, "after stage 1, sample "),
                planted(Fault.SCORE, Level.SCORE, 0, "before training, sample "),
                planted(Fault.PARSED, Level.SCORE, 0, "of \"something else\""),
                planted(Fault.RULE, Level.SCORE, 0, "before training, task0 "));
    }

    @Test
    void theSameRunTwiceIsEqualToTheBitWhateverItIsCalled() {
        var again = run(
                Fault.NONE,
                World.STUDY
                        .replace("study: planted", "study: elsewhere # a comment")
                        .replace("own:", "mine:"),
                folder);
        var bisection = Bisection.between(whole, again);
        assertEquals(Optional.empty(), bisection.first());
        assertEquals(List.of(), bisection.surroundings());
        assertEquals(new Bisection.Compared(3, 6, 24, List.of()), bisection.compared());
        assertEquals(
                List.of("study", "arm.name"),
                RecordDifferences.between(whole, again).all().stream()
                        .map(Difference::key)
                        .toList());
    }

    @Test
    void aPartOrLibraryOfAnotherBuildIsToldBesideAsProbableCause() throws IOException {
        var other = run(Fault.FUSION, World.STUDY, folder.resolve("fusion"));
        assertEquals(
                List.of("fusion.concat.sha256"),
                Bisection.between(whole, other).surroundings().stream()
                        .map(Difference::key)
                        .toList());
        var library = run(Fault.LOSS, World.STUDY, folder.resolve("library"));
        note(library, "pytorch", "2.99");
        var bisection = Bisection.between(whole, library);
        assertEquals(Level.LOSS, bisection.first().orElseThrow().level());
        assertTrue(bisection.surroundings().get(0).text().matches("pytorch: .* against 2.99"), bisection.toString());
    }

    private static void note(Path path, String name, String text) {
        var run = new RunFolder(path).read();
        var notes = Stream.concat(run.getVersions().stream(), run.getEnvironment().stream());
        notes.filter(note -> note.getName().equals(name)).forEach((Note note) -> note.setText(text));
        new RunFolder(path).writeRun(run);
    }

    private Verdict replayed(Fault fault, Path path, double tolerance) {
        warnings.clear();
        var watch = new StudyListener() {
            @Override
            public void warns(String message) {
                warnings.add(message);
            }
        };
        try (var world = new World(fault)) {
            return Replay.of(world, path).run(world, Optional.empty(), tolerance, watch, new CancellationToken());
        }
    }

    @Test
    void aRunThatIsRunAgainIsTheSameBitForBit() {
        var verdict = replayed(Fault.NONE, whole, 0);
        assertTrue(verdict.sameBits(), verdict.toString());
        assertTrue(verdict.known());
        assertEquals(List.of(), verdict.obstacles());
        assertEquals(6, verdict.bisection().compared().steps());
        assertEquals(List.of(), warnings);
    }

    @Test
    void codeThatChangedUnseenIsFoundOutAndNoToleranceHelps() {
        var verdict = replayed(Fault.SELECTION, whole, 10);
        assertTrue(verdict.known(), "nothing that the record knows has changed");
        assertFalse(verdict.same());
        assertEquals(Level.SELECTION, verdict.first().orElseThrow().level());
    }

    @Test
    void whereEqualBitsCannotBeExpectedItSaysWhyAndScoresMayBeWithinATolerance() {
        var near = replayed(Fault.FUSION, whole, 1);
        assertFalse(near.known());
        assertFalse(near.sameBits());
        assertTrue(near.same());
        assertEquals(
                List.of("fusion.concat.sha256"),
                near.obstacles().stream().map(Difference::key).toList());
        assertEquals(1, warnings.size(), "told before it has run");
        assertTrue(
                warnings.get(0)
                        .matches("(?s)equal bits cannot be expected, so that scores are compared within 1.0:"
                                + "\n  fusion.concat.sha256: 0{64} against f{64}"),
                warnings.get(0));
        var far = replayed(Fault.FROZEN_WEIGHTS, whole, 0);
        assertEquals(
                List.of("backbone"),
                far.obstacles().stream().map(Difference::key).toList());
        assertFalse(far.sameBits());
        assertTrue(far.same(), "its numbers are the same");
    }

    @Test
    void aDefaultThatAnotherVersionHasChangedIsNotTakenOver() {
        var verdict = replayed(Fault.DEFAULT, whole, 0);
        assertTrue(verdict.sameBits(), verdict.toString());
    }

    @Test
    void whatCannotBeUsedIsToldInWords() throws IOException {
        var run = run(Fault.NONE, World.STUDY, folder.resolve("damaged"));
        var trace = run.resolve("trace.jsonl");
        Files.writeString(trace, Files.readString(trace).replace("\"rate\":0.1", "\"rate\":0.2"));
        var damaged = assertThrows(DamagedRecordException.class, () -> Bisection.between(whole, run));
        assertTrue(damaged.getMessage().contains("trace.jsonl is damaged"), damaged.getMessage());
        assertThrows(RecordException.class, () -> Bisection.between(whole, folder.resolve("nothing")));
        var many = assertThrows(KarutaException.class, () -> {
            run(Fault.NONE, World.STUDY.replace("seeds: [1]", "seeds: [3]"), folder.resolve("damaged"));
            Bisection.between(whole, folder.resolve("damaged"));
        });
        assertTrue(many.getMessage().contains("holds 2 runs"), many.getMessage());
        var open = new RunFolder(run(Fault.NONE, World.STUDY, folder.resolve("open")));
        var record = open.read();
        record.setStatus(RunStatus.INTERRUPTED);
        open.writeRun(record);
        try (var world = new World(Fault.NONE)) {
            var unfinished = assertThrows(KarutaException.class, () -> Replay.of(world, open.path()));
            assertTrue(unfinished.getMessage().contains("is interrupted, not finished"), unfinished.getMessage());
        }
    }

    @Test
    void aRunWithoutATraceIsComparedByWhatItHas() throws IOException {
        var other = run(Fault.STATE, World.STUDY, folder);
        Files.delete(other.resolve("trace.jsonl"));
        var run = new RunFolder(other).read();
        run.getFiles().removeIf(file -> file.getName().equals("trace.jsonl"));
        new RunFolder(other).writeRun(run);
        var bisection = Bisection.between(whole, other);
        assertEquals(
                List.of("B has no trace: steps could not be compared."),
                bisection.compared().notes());
        assertEquals(
                "checkpoint-2.safetensors:",
                bisection.at(Level.STATE).orElseThrow().what());
    }
}
