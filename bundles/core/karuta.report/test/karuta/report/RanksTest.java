package karuta.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.report.draw.StudyFigures;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RanksTest {

    @TempDir
    private Path out;

    private Runs runs;

    @BeforeEach
    void prepare() {
        runs = new Runs(out);
    }

    /** A run that has learned tasks t0, t1 and so on, with its final scores. */
    private RunFolder ending(String arm, long seed, double... last) {
        var run = Runs.run("dual", seed, 0, 0);
        run.getArm().setName(arm);
        Runs.learned(run, IntStream.range(0, last.length).mapToObj(i -> "t" + i).toList());
        var scores = run.getMatrix().getRows().get(last.length).getScores();
        IntStream.range(0, last.length).forEach(i -> scores.set(i, last[i]));
        return runs.write(run);
    }

    private Comparison comparison(RunFolder... folders) {
        return Report.of(List.of(folders)).comparisons().get(0);
    }

    @Test
    void theMeanOfSeedsIsRankedOnEveryTask() {
        var shown = comparison(
                ending("first", 1, 0.9, 0.9, 0.9, 0.1),
                ending("first", 2, 0.7, 0.9, 0.9, 0.1),
                ending("second", 1, 0.5, 0.5, 0.5, 0.5),
                ending("second", 2, 0.5, 0.5, 0.5, 0.5),
                ending("third", 1, 0.1, 0.5, 0.9, 0.3));
        var ranks = shown.ranks().orElseThrow();
        assertEquals(List.of("first", "second", "third"), ranks.arms());
        assertEquals(
                List.of((1 + 1 + 1.5 + 3) / 4, (2 + 2.5 + 3 + 1) / 4, (3 + 2.5 + 1.5 + 2) / 4),
                ranks.found().ranks());
        assertEquals(List.of(0, 1, 2), ranks.order());
        // q(0.05; 3) = 2.343 (Demsar 2006, table 5), times sqrt(3 * 4 / (6 * 4))
        assertEquals(2.343 * Math.sqrt(0.5), ranks.found().difference(), 5e-4);
        var text = shown.differences(TableChoice.DEFAULT).toString();
        assertTrue(text.contains("closer than 1.66 cannot be told apart"), text);
        assertTrue(text.contains("[first, 1.63, all]"), text);
        assertTrue(text.contains("4 tasks are few for ranks"), text);
        var figure = new StudyFigures(shown).ranks(720).orElseThrow();
        assertTrue(figure.marks().toString().contains("CD 1.66"), figure.marks().toString());
    }

    @Test
    void twoMethodsOrTwoTasksHaveNoRanks() {
        assertTrue(comparison(ending("first", 1, 0.9, 0.9, 0.9), ending("second", 1, 0.5, 0.5, 0.5))
                .ranks()
                .isEmpty());
        prepare();
        assertTrue(comparison(ending("a", 1, 0.9, 0.9), ending("b", 1, 0.5, 0.5), ending("c", 1, 0.5, 0.6))
                .ranks()
                .isEmpty());
    }

    @Test
    void anotherBudgetIsMarkedWhereArmsAreCompared() {
        var dual = Runs.run("dual", 1, 0, 0, 0.9, 0, 0.6, 0.8);
        var lora = Runs.run("lora", 1, 0, 0, 0.9, 0.1, 0.2, 1);
        lora.getStages().forEach(stage -> stage.setTrained(3 * stage.getTrained()));
        var same = Runs.run("lora", 1, 0, 0, 0.9, 0.1, 0.2, 1);
        same.getArm().setName("same");
        var folders = Stream.of(dual, lora, same).map(run -> {
            var folder = runs.write(run);
            Runs.choose(folder, 2, List.of(List.of("a", "a"), List.of("b", "b")));
            return folder;
        });
        var text = Report.of(folders.toList()).text();
        assertTrue(text.contains("lora ≠ "), text);
        assertTrue(
                text.contains("lora ≠ is not matched in budget, so this compares more than methods: it trains 3.0"
                        + " times as many numbers"),
                text);
        assertFalse(text.contains("same ≠"), text);
    }
}
