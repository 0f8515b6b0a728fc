package karuta.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import karuta.study.KarutaFactory;
import karuta.study.RunStatus;
import karuta.study.TaskFree;
import karuta.study.record.Prediction;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path out;

    private Runs runs;

    @BeforeEach
    void prepare() {
        runs = new Runs(out);
    }

    @Test
    void theConsoleShowsEverythingAligned() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            var dual = runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
            var b = List.of("b", "b");
            Runs.choose(dual, 2, List.of(List.of("a", "b", "a"), List.of("a", "a", "b"), b, b));
            runs.write(Runs.run("lora", 1, 0.1, 0.2, 0.8, 0.3, 0.2, 0.9));
            assertEquals("""
                Study demo
                ==========

                benchmark cards (test 10), 2 tasks
                backbone tiny, encoder tiny

                dual, order default: score after each stage in percent, seed 1
                stage                 a     b
                -----------------  ----  ----
                0 before training  10.0  20.0
                1 a                80.0  30.0
                2 b                70.0  90.0

                lora, order default: score after each stage in percent, seed 1
                stage                 a     b
                -----------------  ----  ----
                0 before training  10.0  20.0
                1 a                80.0  30.0
                2 b                20.0  90.0

                Cards chosen after the last stage: percent of test samples whose best card (or any card) is that of \
                the true task
                                            best   best
                arm     order  best    any     a      b
                ----  -------  ----  -----  ----  -----
                dual  default  75.0  100.0  50.0  100.0

                Cards in use after the last stage
                                   in  entropy                   by  never
                arm     order  effect     bits  taken most  percent  taken
                ----  -------  ------  -------  ----------  -------  -----
                dual  default     1.8     0.81           b     75.0      0
                by the tasks of the best cards, or by all cards of a sample where they belong to no task; every task counts the \
                same; in effect = exp(entropy)

                dual, order default: percent of each task's samples (row) whose best card is that of a task (column)
                samples of     a      b
                ----------  ----  -----
                a           50.0   50.0
                b            0.0  100.0

                Costs: numbers trained, and stored beside the frozen model; old examples kept; mean time of a run
                                 trained  stored    stored     kept    kept  training   training  evaluation
                arm     order  per stage  in all  per task  samples   bytes   seconds  samples/s     seconds
                ----  -------  ---------  ------  --------  -------  ------  --------  ---------  ----------
                dual  default      1,280   5,120     2,560      160  2.0 MB       8.0      500.0         2.5
                lora  default      1,280   5,120     2,560      160  2.0 MB       8.0      500.0         2.5

                Is it more than chance? Last (MFN) against dual: difference in points, p after Holm over the arms
                                            test  McNemar
                arm   pairs  difference  samples        p
                ----  -----  ----------  -------  -------
                lora      1       -25.0        -        -
                one seed: no table can tell whether another seed would show the same; give the study `seeds: 5`, say
                McNemar's is about the trained models and these samples; it does not know of other seeds

                Results in percent, mean ± standard deviation over seeds
                                     Last (MFN)   MFT   MAA      BWT   Forgetting
                arm     order  runs    last/gem   mft   maa  bwt/gem  fm/chaudhry
                ----  -------  ----  ----------  ----  ----  -------  -----------
                dual  default     1        80.0  85.0  80.0    -10.0         10.0
                lora  default     1        55.0  85.0  67.5    -60.0         60.0
                """, text().substring(0, text().indexOf("\nlast/gem = ")));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everyMetricThatIsShownIsDefined() {
        runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        for (var id : List.of("last/gem", "mft", "maa", "bwt/gem", "fm/chaudhry")) {
            assertTrue(text().contains("\n" + id + " = "), id);
        }
    }

    @Test
    void seedsAreAveragedAndArmsComparedSeedBySeed() {
        runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        runs.write(Runs.run("dual", 2, 0.1, 0.2, 0.8, 0.3, 0.6, 0.9));
        runs.write(Runs.run("lora", 1, 0.1, 0.2, 0.8, 0.3, 0.2, 0.9));
        runs.write(Runs.run("lora", 2, 0.1, 0.2, 0.8, 0.3, 0.1, 0.9));
        var text = text();
        assertLine(text, "2 b 65.0 90.0");
        assertLine(text, "dual default 2 77.5 ± 3.5 85.0 ± 0.0 78.8 ± 1.8 -15.0 ± 7.1 15.0 ± 7.1 [75.0, 80.0]");
        assertLine(text, "lora 2 -25.0 ± 0.0 0.0 ± 0.0 -12.5 ± 0.0 -50.0 ± 0.0 +50.0 ± 0.0");
        assertLine(text, "lora 2 -25.0 [-25.0, -25.0] - 0.500 - -");
        assertTrue(text.contains("with 2 pairs Wilcoxon's p is 0.500 at least"), text);
    }

    @Test
    void analysisIsMarkedInEveryTable() {
        var oracle = runs.write(Runs.run("oracle", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        Runs.choose(oracle, 2, List.of(List.of("a", "a"), List.of("b", "b")));
        runs.write(Runs.run("oracle", 2, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        runs.write(Runs.run("dual", 2, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        for (var text : List.of(text(), report().markdown().replace("\\", ""))) {
            var named = text.split("oracle", -1).length - 1;
            var marked = text.split("oracle \\[analysis\\]", -1).length - 1;
            var explained = text.split("analysis only: uses the true task", -1).length - 1;
            assertEquals(8, named, text);
            assertEquals(named, marked, text);
            assertEquals(named, explained, text);
        }
    }

    @Test
    void watchedTasksHaveColumnsThatNoMetricCounts() {
        for (var seed = 1; seed <= 2; seed++) {
            var run = Runs.run("dual", seed, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
            run.getWatched().add("pope");
            run.getMatrix().getWatched().add("pope");
            run.getMatrix().getScorers().addAll(List.of("exact", "box.iou", "choice"));
            for (var stage = 0; stage < 3; stage++) {
                run.getMatrix().getRows().get(stage).getWatched().add(0.5 - 0.1 * seed * stage);
            }
            var folder = runs.write(run);
            Runs.choose(folder, 2, List.of(List.of("a", "a"), List.of("b", "b"), List.of("pope", "a")));
        }
        var text = text();
        assertLine(text, "stage exact box.iou choice");
        assertLine(text, "2 b 70.0 90.0 20.0");
        assertLine(text, "dual default 50.0 ± 0.0 20.0 ± 14.1 -30.0 ± 14.1");
        assertLine(text, "dual default 2 80.0 ± 0.0 85.0 ± 0.0 80.0 ± 0.0 -10.0 ± 0.0 10.0 ± 0.0 [80.0, 80.0]");
        assertLine(text, "dual default 100.0 100.0 100.0 100.0");
    }

    @Test
    void aChoiceThatHasCollapsedIsToldAndSoIsACardThatNobodyTakes() {
        var one = runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        var b = List.of("b", "b");
        var lost = List.of("a", "b");
        Runs.choose(one, 2, List.of(lost, lost, b, b));
        var text = text();
        assertLine(text, "dual default 1.0 0.00 b 100.0 1");
        assertTrue(
                text.contains("\n! dual, order default: the card of b is the best one for nearly all samples\n"), text);
        assertTrue(text.contains("\n! dual, order default: nobody's best card is that of a\n"), text);
        assertLine(text, "a 0.0 100.0");
    }

    @Test
    void cardsOfNoTaskAreCountedByName() {
        var run = runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        var cards = Stream.of("x", "y")
                .map(card -> new Prediction.Selected(card, Optional.empty(), OptionalDouble.empty()))
                .toList();
        run.writePredictions(
                2,
                List.of(
                        new Prediction(2, "a", "1", "?", "yes", "yes", 1, cards),
                        new Prediction(2, "b", "1", "?", "yes", "yes", 1, cards)));
        assertLine(text(), "dual default 2.0 1.00 x 50.0 -");
        assertFalse(text().contains("\n! "), text());
    }

    @Test
    void jointTrainingHasNoTransfer() {
        runs.write(Runs.run("joint", 1, 0.1, 0.2, 0.8, 0.9));
        assertLine(text(), "1 all tasks 80.0 90.0");
        assertLine(text(), "joint default 1 85.0 - - - -");
    }

    @Test
    void anUnfinishedRunIsShownButNotCounted() {
        var run = Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3);
        run.setStatus(RunStatus.INTERRUPTED);
        runs.write(run);
        assertTrue(text().contains("dual, order default, seed 1, not finished (interrupted)"), text());
        assertLine(text(), "1 a 80.0 30.0");
        assertTrue(text().contains("No run has finished"), text());
    }

    @Test
    void markdownTablesHaveAsManyCellsInEveryRow() {
        var run = Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        runs.write(run);
        var markdown = report().markdown();
        var rows = markdown.lines().filter(line -> line.startsWith("|")).toList();
        assertTrue(rows.contains("| 2 b | 70.0 | 90.0 |"), markdown);
        assertTrue(rows.contains("|---|---:|---:|"), markdown);
        assertFalse(markdown.contains("fm/chaudhry\n"), "a head of two lines stays in its cell");
    }

    private Report report() {
        return Report.of(RunFolder.find(out));
    }

    private String text() {
        return report().text();
    }

    /** A line with these words, whatever the spaces between them. */
    private static void assertLine(String text, String words) {
        assertTrue(
                text.lines().anyMatch(line -> line.replaceAll(" +", " ").equals(words)), words + " is not in\n" + text);
    }

    @Test
    void whatOthersAnsweredIsMarkedAndMissingCellsStayMissing() {
        var nan = Double.NaN;
        var imported = Runs.run("lora", 1, nan, nan, 0.8, nan, 0.2, 0.9);
        imported.setImported("results/CoIN");
        runs.write(imported);
        var holed = Runs.run("dual", 1, nan, nan, 0.8, nan, nan, 0.9);
        holed.setImported("results/MP");
        runs.write(holed);
        var text = Report.of(RunFolder.find(out)).text();
        assertTrue(text.contains("lora: imported from results/CoIN"), text);
        assertFalse(text.contains("backbone"), text);
        assertFalse(text.contains("Costs"), text);
        assertTrue(text.contains("0 before training     -     -"), text);
        assertTrue(text.contains("1 a                80.0     -"), text);
        assertTrue(text.contains("lora [imported]  default     1        55.0  85.0  67.5    -60.0         60.0"), text);
        assertTrue(text.contains("dual [imported]  default     1           -"), text);
        assertTrue(
                text.contains("dual [imported], order default: not evaluated, so metrics that need it have no value:"
                        + " after stage 2 a"),
                text);
        assertTrue(text.contains("it cannot be run again"), text);
    }

    @Test
    void runsOfWhichNothingHasLookedWhetherTheyKnowTheTaskAreTold() {
        runs.write(Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9));
        var old = Runs.run("dual", 2, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        old.setTaskFree(TaskFree.UNCHECKED);
        runs.write(old);
        var told =
                "\ndual, order default: 1 of 2 runs without the stamp that says that the task was found to be unknown at"
                        + " inference\n";
        assertTrue(text().contains(told), text());
    }

    @Test
    void ofAnOwnRunNoCellMayBeMissing() {
        runs.write(Runs.run("lora", 1, 0.1, Double.NaN, 0.8, 0.3, 0.2, 0.9));
        assertThrows(RecordException.class, () -> Report.of(RunFolder.find(out)));
    }

    @Test
    void whatARecordSaysOfCostsStandsInTheTable() {
        var run = Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        for (var stage = 0; stage < 3; stage++) {
            var cost = KarutaFactory.eINSTANCE.createCost();
            cost.setStage(stage);
            cost.setScoredFlops(1e12 * stage);
            cost.setGeneratedTokens(10);
            cost.setGeneratedFlops(2e9);
            cost.setPromptTokens(8 * stage);
            cost.setProcessorSeconds(0.5);
            cost.setPeakBytes(1_000_000_000L + stage);
            run.getCosts().add(cost);
        }
        runs.write(run);
        var text = text();
        assertTrue(text.replaceAll(" +", " ").contains(" 2.5 16.0 3.0 T 6.0 G 1.5 1.0 GB\n"), text);
        assertTrue(text.contains("Kaplan et al. 2020"), text);
    }
}
