package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.study.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

    @TempDir
    private Path folder;

    private final Console console = new Console();

    @Test
    void thePageLiesBesideTheRunsAndTheOtherFormsWhereTheyAreAskedFor() throws IOException {
        var runs = folder.resolve("runs");
        SmallRun.write(runs, RunStatus.FINISHED);
        assertEquals(
                0,
                console.karuta(
                        "report",
                        runs.toString(),
                        "--latex",
                        folder.resolve("new/tables.tex").toString(),
                        "--bibtex",
                        folder.resolve("used.bib").toString(),
                        "--csv",
                        folder.resolve("csv").toString(),
                        "--plots",
                        folder.resolve("plots").toString()),
                console.err());
        var page = Files.readString(runs.resolve("report.html"));
        assertTrue(page.contains("<h1>small</h1>"), page);
        assertTrue(
                page.contains("\"B)\",\"B\"") || page.contains("\"B\",\"B)\""),
                "the answer and what was read out of it");
        assertTrue(Files.readString(folder.resolve("new/tables.tex")).contains("dual & default & 1 & 75.0"));
        assertTrue(Files.readString(folder.resolve("csv/metrics.csv")).contains("last/gem,0.75"));
        assertTrue(Files.exists(folder.resolve("plots/last.png")));
        assertTrue(console.err().contains("warning: the report has no images"), console.err());
    }

    @Test
    void aStudysFileMeansItsRunsAlone() throws IOException {
        var runs = folder.resolve("runs");
        var small = SmallRun.write(runs, RunStatus.FINISHED);
        var study = small.path().resolve("study.yaml");
        assertEquals(0, console.karuta("report", study.toString(), "--runs", runs.toString()), console.err());
        assertTrue(Files.exists(runs.resolve("report.html")));
        var other = folder.resolve("other.yaml");
        Files.writeString(other, Files.readString(study).replace("study: small", "study: other"));
        assertEquals(2, console.karuta("report", other.toString(), "--runs", runs.toString()));
        assertTrue(console.err().contains("There are no runs of the study other"), console.err());
    }

    @Test
    void damagedRunsAreNamedAndTheOthersShown() throws IOException {
        var runs = folder.resolve("runs");
        SmallRun.write(runs, RunStatus.FINISHED);
        var damaged = SmallRun.write(runs, RunStatus.FINISHED);
        Files.writeString(damaged.path().resolve("matrix.json"), "{}");
        assertEquals(2, console.karuta("report", runs.toString()));
        assertTrue(console.err().contains("error: " + damaged.path().resolve("matrix.json")), console.err());
        assertTrue(Files.readString(runs.resolve("report.html")).contains("Notes on single runs"));
    }

    @Test
    void aPlaceThatCannotBeWrittenIsTold() throws IOException {
        SmallRun.write(folder.resolve("runs"), RunStatus.FINISHED);
        var file = Files.writeString(folder.resolve("file"), "");
        var code = console.karuta(
                "report",
                folder.resolve("runs").toString(),
                "--out",
                file.resolve("x.html").toString());
        assertEquals(2, code);
        assertTrue(console.err().contains("Cannot write the report"), console.err());
    }
}
