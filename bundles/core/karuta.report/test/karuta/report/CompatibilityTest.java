package karuta.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.record.ListedFiles;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in a folder, it can be shown; numbers that cannot stand in one table stand in two. */
class CompatibilityTest {

    @TempDir
    Path out;

    @Test
    void otherTasksStandApart() {
        assertApart("have different tasks, [a, c] and [a, b]", "lora", 1, run -> {
            run.getTasks().set(1, "c");
            run.getMatrix().getTasks().set(1, "c");
            run.getMatrix().getRows().get(2).getTrained().set(0, "c");
            run.getStages().get(1).getTasks().set(0, "c");
        });
    }

    @Test
    void numbersOfTwoRulesNeverShareAColumn() {
        var runs = new Runs(out);
        var one = Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        var other = Runs.run("lora", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        one.getMatrix().getScorers().addAll(List.of("exact", "choice.coin"));
        other.getMatrix().getScorers().addAll(List.of("exact", "choice.hide"));
        var text = Report.of(List.of(runs.write(one), runs.write(other))).text();
        assertTrue(
                text.contains("have different scorers, [a by exact, b by choice.hide] and [a by exact, b by"
                        + " choice.coin]"),
                text);
    }

    @Test
    void anotherBenchmarkStandsApart() {
        assertApart(
                "have different benchmarks, cards (test 20) and cards (test 10)",
                "lora",
                1,
                run -> run.getBenchmark().getOptions().get(0).getValues().get(0).setText("20"));
    }

    @Test
    void otherSettingsUnderTheSameNameStandApart() {
        var why = "run \"dual\" with different settings";
        assertApart(why, "dual", 2, run -> run.getTraining().setRate(1));
        assertApart(why, "dual", 3, run -> run.getBackbone().setId("llava"));
        assertApart(why, "dual", 4, run -> run.getArm().setAnalysis(true));
        assertApart(why, "dual", 1, run -> run.getTraining().setRate(2));
    }

    @Test
    void otherDataOrWeightsUnderTheSameNameStandApart() {
        assertApart("saw different data under the same names", "lora", 1, run -> fingerprint(run, "data"));
        assertApart("run \"dual\" with different settings", "dual", 2, run -> fingerprint(run, "backbone"));
    }

    private static void used(Run run, String strategy, String hash) {
        used(run, strategy, "mine", hash);
    }

    private static void used(Run run, String strategy, String bundle, String hash) {
        var part = KarutaFactory.eINSTANCE.createPart();
        part.setName(strategy);
        part.setBundle(bundle);
        part.setVersion("1.0.0");
        part.setFile("dropins/mine.jar");
        part.setSha256(hash);
        part.setGround("g");
        run.getParts().add(part);
    }

    @Test
    void anotherBuildOfAStrategyIsAnotherThing() {
        var runs = new Runs(out);
        var one = Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        var other = Runs.run("dual", 2, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        var same = Runs.run("dual", 3, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        used(one, "selector.mine", "a".repeat(64));
        used(other, "selector.mine", "b".repeat(64));
        used(same, "selector.mine", "a".repeat(64));
        var good = runs.write(one);
        var bad = runs.write(other);
        var twin = runs.write(same);

        assertFalse(Report.of(List.of(good, twin)).text().contains("in a table of its own"));
        var text = Report.of(List.of(good, bad)).text();
        assertTrue(
                text.contains(
                        "used different builds of selector.mine, that of bundle mine 1.0.0 (SHA-256 bbbbbbbbbbbb) and"
                                + " that of bundle mine 1.0.0 (SHA-256 aaaaaaaaaaaa)"),
                text);
    }

    @Test
    void strategiesOfTwoBundlesAreComparedByTwoArmsButNotMixedInOne() {
        var runs = new Runs(out);
        var own = Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        var shipped = Runs.run("lora", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        var other = Runs.run("dual", 2, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        used(own, "selector.dual", "my.lab", "a".repeat(64));
        used(shipped, "selector.dual", "karuta.selector.dual", "b".repeat(64));
        used(other, "selector.dual", "karuta.selector.dual", "b".repeat(64));
        var mine = runs.write(own);

        var two = Report.of(List.of(mine, runs.write(shipped))).text();
        assertFalse(two.contains("in a table of its own"), two);
        var mixed = Report.of(List.of(mine, runs.write(other))).text();
        assertTrue(
                mixed.contains(
                        "used different bundles of selector.dual, that of bundle karuta.selector.dual 1.0.0 (SHA-256"
                                + " bbbbbbbbbbbb) and that of bundle my.lab 1.0.0 (SHA-256 aaaaaaaaaaaa)"),
                mixed);
    }

    @Test
    void anotherRunOfTheSameArmSeedAndOrderStandsApart() {
        var runs = new Runs(out.resolve("twins"));
        var old = runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        var other = Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.6, 0.9);
        fingerprint(other, "run");
        var late = runs.write(other);
        var text = Report.of(List.of(old, late)).text();
        var apart = "in a table of its own: " + old.path() + " is the arm, seed and order, but not the run, of "
                + late.path() + ", which is newer";
        assertTrue(text.indexOf(apart) < text.lastIndexOf("\nStudy demo\n"), text);
        assertTrue(text.contains(apart), text);
    }

    @Test
    void ofTheSameRunTheNewestFinishedOneIsTakenAndTheOthersAreNamed() {
        var runs = new Runs(out.resolve("same"));
        var first = runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        var second = runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.6, 0.9));
        var half = Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3);
        half.setStatus(RunStatus.INTERRUPTED);
        var third = runs.write(half);
        var text = Report.of(List.of(first, second, third)).text();
        assertTrue(text.contains("60.0") && !text.contains("70.0"), text);
        assertTrue(text.contains(first.path() + " is the same run as " + second.path() + ", which is newer"), text);
        assertTrue(text.contains(third.path() + " is the same run as " + second.path() + ", which is finished"), text);
    }

    @Test
    void whatIsDamagedOrForeignIsNamedAndTheOthersAreShown() throws Exception {
        var runs = new Runs(out);
        runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        var bad = runs.write(Runs.run("lora", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9))
                .path()
                .resolve("matrix.json");
        Files.writeString(bad, "{\"tasks\": [\"a\"], \"rows\": [{\"scores\": [57.0]}]}");
        for (var foreign : List.of("{}", "[[[", "", "\"run\"", "{\"status\": 7}", "{\"study\": null}", "\u0001")) {
            var folder = Files.createDirectories(out.resolve("foreign" + foreign.hashCode()));
            Files.writeString(folder.resolve("run.json"), foreign);
        }
        Files.createDirectories(out.resolve("other").resolve("run.json"));
        var report = Report.of(RunFolder.find(out));
        assertTrue(report.text().contains("dual"), report.text());
        assertEquals(8, report.damages().size(), report.damages().toString());
        assertTrue(
                report.damages().stream().anyMatch(line -> line.startsWith(bad + " is damaged: ")),
                report.damages().toString());
    }

    @Test
    void recordsOfAnOlderVersionAreShownAndNamed() {
        var runs = new Runs(out);
        var old = Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        var folder = runs.write(old);
        old.getFiles().clear();
        folder.writeRun(old);
        var text = Report.of(List.of(folder)).text();
        assertTrue(text.contains("without SHA-256; their form alone was checked: " + folder.path()), text);
    }

    @Test
    void aDamagedCheckpointIsNamedAndTheScoresAreShown() throws Exception {
        var run = Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        var folder = new Runs(out).write(run);
        var file = Files.writeString(folder.checkpoint(2), "weights");
        ListedFiles.list(run, folder.hashOfCheckpoint(2));
        folder.writeRun(run);
        Files.writeString(file, "weighty");
        var report = Report.of(List.of(folder));
        assertEquals(List.of(), report.damages());
        assertTrue(report.text().contains(file + " is damaged"), report.text());
        assertTrue(report.text().contains("70.0"), report.text());
    }

    @Test
    void aMatrixThatIsNoneIsNamed() throws Exception {
        var folder = new Runs(out).write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        var matrix = Files.writeString(
                folder.path().resolve("matrix.json"), "{\"tasks\": [\"a\"], \"rows\": [{\"scores\": [57.0]}]}");
        var e = assertThrows(RecordException.class, () -> Report.of(List.of(folder)));
        assertTrue(e.getMessage().startsWith(matrix + " is damaged"), e.getMessage());
    }

    private static void fingerprint(Run run, String name) {
        var note = KarutaFactory.eINSTANCE.createNote();
        note.setName(name);
        note.setText("changed");
        run.getFingerprints().add(note);
    }

    private void assertApart(String why, String arm, long seed, Consumer<Run> change) {
        var runs = new Runs(out);
        var good = runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        var other = Runs.run(arm, seed, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        change.accept(other);
        var late = runs.write(other);
        var report = Report.of(List.of(good, late));
        var apart = "in a table of its own: " + late.path() + " and " + good.path() + " " + why;
        assertTrue(report.text().contains(apart), report.text());
        assertEquals(2, report.text().split("Results in percent", -1).length - 1, report.text());
        assertEquals(List.of(), report.damages());
    }
}
