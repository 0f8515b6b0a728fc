package karuta.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import karuta.study.record.ListedFiles;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables have the arms and orders as the study names them, whichever run has begun first: with several jobs any may. */
class StudyOrderTest {

    private static final String STUDY = """
        study: demo
        backbone: tiny
        encoder: tiny
        benchmark: cards
        orders: {forth: [a, b], back: [b, a]}
        arms:
          oracle: {learner: prompt, selector: oracle, analysis: true}
          dual: {learner: prompt, selector: dual}
          lora: {baseline: lora}
        """;

    @TempDir
    private Path out;

    private int written;

    @Test
    void whatBeganFirstDoesNotMatter() {
        write("lora", "back");
        write("dual", "back");
        write("lora", "forth");
        write("oracle", "back");
        write("dual", "forth");
        write("oracle", "forth");
        assertEquals(
                List.of("oracle forth", "oracle back", "dual forth", "dual back", "lora forth", "lora back"), shown());
    }

    @Test
    void whatTheStudyDoesNotNameComesLastAsItBegan() {
        write("joint", "forth");
        write("lora", "elsewhere");
        write("lora", "forth");
        assertEquals(List.of("lora forth", "lora elsewhere", "joint forth"), shown());
    }

    @Test
    void withoutTheStudyItIsAsTheyBegan() {
        var runs = new Runs(out);
        runs.write(Runs.run("lora", 1, 0, 0, 1, 0, 1, 1));
        runs.write(Runs.run("dual", 1, 0, 0, 1, 0, 1, 1));
        assertEquals(List.of("lora default", "dual default"), shown());
    }

    private void write(String arm, String order) {
        var run = Runs.run(arm, 1, 0, 0, 1, 0, 1, 1);
        run.setOrder(order);
        run.setStarted("2026-01-01T12:00:0" + written++ + "Z");
        var folder = RunFolder.create(out, run);
        ListedFiles.list(run, folder.writeMatrix(run.getMatrix()));
        ListedFiles.list(run, folder.writeStudy(STUDY));
        folder.writeRun(run);
    }

    private List<String> shown() {
        return Report.of(RunFolder.find(out)).comparisons().stream()
                .flatMap(comparison -> comparison.results().stream())
                .map(result -> result.arm() + " " + result.run().getOrder())
                .toList();
    }
}
