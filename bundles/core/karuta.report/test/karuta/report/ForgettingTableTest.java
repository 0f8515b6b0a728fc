package karuta.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.metrics.forgetting.AnswerLosses;
import karuta.metrics.forgetting.Explanation;
import karuta.metrics.forgetting.Explanation.OldTask;
import karuta.metrics.forgetting.Explanation.Prompts;
import karuta.metrics.forgetting.ForgettingParts.Scores;
import karuta.report.html.HtmlReport;
import karuta.report.html.Images;
import karuta.study.record.ListedFiles;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why runs have forgotten stands in the report as soon as somebody has asked. */
class ForgettingTableTest {

    @TempDir
    private Path out;

    private RunFolder run(String arm, long seed) {
        var run = Runs.run(arm, seed, 0, 0, 0.9, 0, 0.6, 0.8);
        run.setStarted("2026-01-01T12:00:0" + seed + "Z");
        var folder = RunFolder.create(out, run);
        ListedFiles.list(run, folder.writeMatrix(run.getMatrix()));
        var answer = new Prediction(2, "a", "1", "?", "yes", "yes", 1, List.of());
        ListedFiles.list(run, folder.writePredictions(2, List.of(answer)));
        folder.writeRun(run);
        return folder;
    }

    private static Explanation explanation(String arm, long seed, Prompts prompts, Scores scores) {
        var before = Optional.of(new AnswerLosses(0, 1 - scores.learned()));
        var after = Optional.of(new AnswerLosses(0.1, 1 - scores.actual() - 0.1));
        return new Explanation(
                arm,
                seed,
                "default",
                prompts != Prompts.NONE,
                prompts,
                5,
                List.of(new OldTask("a", scores, before, after)));
    }

    private List<List<String>> rows() {
        return blocks().stream()
                .filter(Block.Table.class::isInstance)
                .flatMap(block -> ((Block.Table) block).rows().stream())
                .toList();
    }

    private List<Block> blocks() {
        return ForgettingTable.of(
                Report.of(RunFolder.find(out)).comparisons().get(0).groups());
    }

    private String page() {
        return new HtmlReport(Report.of(RunFolder.find(out)), new HtmlReport.Choices(Images.NONE, 0, 0, "")).page();
    }

    @Test
    void aRowForEachTaskIsTheMeanOverTheRunsOfAnArm() throws IOException {
        Explained.write(run("dual", 1), explanation("dual", 1, Prompts.KEPT, new Scores(0.9, 0.5, 0.7, 0.6, 0.8)));
        Explained.write(run("dual", 2), explanation("dual", 2, Prompts.KEPT, new Scores(0.7, 0.5, 0.5, 0.5, 0.5)));
        var row = List.of("a", "80.0", "50.0", "+30.0", "+10.0", "+5.0", "+15.0", "+10.0", "+20.0");
        assertEquals(row, rows().get(0));
        assertEquals(row.subList(1, 9), rows().get(1).subList(1, 9), "the only old task is the mean");
        assertTrue(page().contains("dual, order default, mean over 2 runs"));
        assertFalse(page().contains("karuta explain"), "there is nothing left to ask");
    }

    @Test
    void whatIsNotDefinedIsNoZero() throws IOException {
        Explained.write(run("lora", 1), explanation("lora", 1, Prompts.NONE, new Scores(0.9, 0.5, 0.5, 0.5, 0.5)));
        assertEquals(List.of("a", "90.0", "50.0", "+40.0", "-", "-", "+40.0", "+10.0", "+30.0"), rows().get(0));
    }

    @Test
    void whereNobodyHasAskedThePageSaysHow() {
        run("dual", 1);
        assertEquals(List.of(), rows());
        assertTrue(page().contains("Nobody has asked yet: `karuta explain`"));
    }

    @Test
    void whatIsOfOtherAnswersOrDamagedCountsAsNotAsked() throws IOException {
        var folder = run("dual", 1);
        var scores = new Scores(0.9, 0.5, 0.7, 0.6, 0.8);
        Explained.write(folder, explanation("dual", 1, Prompts.KEPT, scores));
        var text = Files.readString(folder.explanation());
        Files.writeString(folder.explanation(), text.replace("0.9", "0.8"));
        assertEquals(List.of(), rows());
        Files.writeString(folder.explanation(), text);
        assertEquals(2, rows().size());
        var run = folder.read();
        var other = new Prediction(2, "a", "1", "?", "no", "yes", 0, List.of());
        ListedFiles.list(run, folder.writePredictions(2, List.of(other)));
        folder.writeRun(run);
        assertEquals(List.of(), rows());
    }
}
