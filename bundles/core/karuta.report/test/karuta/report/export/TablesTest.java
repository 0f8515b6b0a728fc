package karuta.report.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.report.Report;
import karuta.report.Runs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {

    @TempDir
    private Path out;

    private Report report;

    @BeforeEach
    void write() {
        var runs = new Runs(out.resolve("runs"));
        var odd = Runs.run("lora", 1, 0, 0, 1 / 3.0, 0.1, 0.2, 1);
        odd.getArm().setName("a_b & 100% {x} \\ \"q\", #1");
        report = Report.of(List.of(
                runs.write(Runs.run("dual", 1, 0, 0, 0.9, 0, 0.6, 0.8)),
                runs.write(Runs.run("dual", 2, 0, 0, 0.9, 0, 0.5, 0.8)),
                runs.write(odd)));
    }

    @Test
    void latexGetsWhatItCanPrint() {
        var text = Latex.of(report.comparisons());
        assertTrue(text.contains("a\\_b \\& 100\\% \\{x\\} \\textbackslash{} ''q'', \\#1 & default & 1 & 60.0"), text);
        assertTrue(text.contains("dual & default & 2 & 67.5 $\\pm$ 3.5"), text);
        assertTrue(text.contains("$-$35.0 $\\pm$ 7.1"), text);
        assertTrue(text.contains("% last/gem = 1/T sum_j R[T][j]"), text);
    }

    @Test
    void everyNumberStandsInCsvAsItIs() throws IOException {
        CsvTables.write(report.comparisons(), out.resolve("csv"));
        var scores = Files.readAllLines(out.resolve("csv/scores.csv"));
        assertEquals("study,arm,analysis,order,seed,status,stage,task,watched,scorer,score", scores.get(0));
        assertEquals(1 + 3 * 3 * 2, scores.size());
        assertTrue(
                scores.contains(
                        "demo,\"a_b & 100% {x} \\ \"\"q\"\", #1\",false,default,1,finished,1,a,false,,0.3333333333333333"),
                scores.toString());
        var metrics = Files.readAllLines(out.resolve("csv/metrics.csv"));
        assertTrue(metrics.contains("demo,dual,false,default,2,finished,last/gem,0.65"), metrics.toString());
        var stages = Files.readAllLines(out.resolve("csv/stages.csv"));
        assertTrue(
                stages.contains("demo,dual,false,default,1,finished,2,b,0,2000,4.0,1.25,1280,5120,160,2000000"),
                stages.toString());
    }
}
