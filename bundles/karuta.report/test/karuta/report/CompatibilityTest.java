package karuta.report;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import karuta.model.KarutaFactory;
import karuta.model.Run;
import karuta.model.run.RecordException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompatibilityTest {

    @TempDir
    Path out;

    @Test
    void otherTasksAreRefused() {
        assertRefused("have different tasks, [a, b] and [a, c]", "lora", 1, run -> {
            run.getTasks().set(1, "c");
            run.getMatrix().getTasks().set(1, "c");
            run.getMatrix().getRows().get(2).getTrained().set(0, "c");
        });
    }

    @Test
    void anotherBenchmarkIsRefused() {
        assertRefused(
                "have different benchmarks, cards (test 10) and cards (test 20)",
                "lora",
                1,
                run -> run.getBenchmark().getOptions().get(0).getValues().get(0).setText("20"));
    }

    @Test
    void otherSettingsUnderTheSameNameAreRefused() {
        assertRefused(
                "run \"dual\" with different settings",
                "dual",
                2,
                run -> run.getTraining().setRate(1));
        assertRefused(
                "run \"dual\" with different settings",
                "dual",
                3,
                run -> run.getBackbone().setId("llava"));
        assertRefused(
                "run \"dual\" with different settings",
                "dual",
                4,
                run -> run.getArm().setAnalysis(true));
    }

    @Test
    void otherDataOrWeightsUnderTheSameNameAreRefused() {
        assertRefused("saw different data under the same names", "lora", 1, run -> fingerprint(run, "data"));
        assertRefused("run \"dual\" with different settings", "dual", 2, run -> fingerprint(run, "backbone"));
    }

    @Test
    void theSameRunTwiceIsRefused() {
        assertRefused("are the same arm, seed and order; name only one of them", "dual", 1, run -> {});
    }

    @Test
    void aMatrixThatIsNoneIsNamed() throws Exception {
        var folder = new Runs(out).write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        Files.writeString(
                folder.path().resolve("matrix.json"), "{\"tasks\": [\"a\"], \"rows\": [{\"scores\": [57.0]}]}");
        var e = assertThrows(RecordException.class, () -> Report.of(List.of(folder)));
        assertTrue(e.getMessage().startsWith("the matrix in " + folder.path() + " is damaged"), e.getMessage());
    }

    private static void fingerprint(Run run, String name) {
        var note = KarutaFactory.eINSTANCE.createNote();
        note.setName(name);
        note.setText("changed");
        run.getFingerprints().add(note);
    }

    private void assertRefused(String why, String arm, long seed, Consumer<Run> change) {
        var runs = new Runs(out);
        var good = runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        var other = Runs.run(arm, seed, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        change.accept(other);
        var bad = runs.write(other);
        var e = assertThrows(RecordException.class, () -> Report.of(List.of(good, bad)));
        assertTrue(e.getMessage().startsWith(good.path() + " and " + bad.path() + " " + why), e.getMessage());
    }
}
