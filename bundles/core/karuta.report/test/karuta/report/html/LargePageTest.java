package karuta.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.browser.Chromium;
import karuta.report.ManyRuns;
import karuta.report.Report;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand runs become a page in 20 seconds, and it opens in two. Seconds are those of the processor. */
class LargePageTest {

    private static final double WRITE_SECONDS = 20;
    private static final double OPEN_SECONDS = 2;

    @TempDir
    private Path folder;

    private static double computed() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    private void opens(Path page) throws Exception {
        var program = Chromium.installed();
        Assumptions.assumeTrue(program.isPresent(), "Chromium is not installed, so nobody opens the page");
        try (var browser = new Chromium(
                program.orElseThrow(), Files.createDirectory(folder.resolve("profile")), List.of("file:", "data:"))) {
            browser.screen(1280, false);
            browser.open(folder.resolve("runs").toUri()); // any page, so that starting is not counted
            var before = browser.computed();
            browser.open(page.toUri());
            browser.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            var took = browser.computed() - before;
            assertTrue(took < OPEN_SECONDS, took + " s to open " + Files.size(page) + " bytes");
        }
    }

    @Test
    void aThousandRunsOfFiftyArms() throws Exception {
        var runs = folder.resolve("runs");
        ManyRuns.write(runs, 50, 20);
        var page = folder.resolve("report.html");
        var before = computed();
        var report = Report.of(RunFolder.find(runs));
        assertEquals(1, report.comparisons().size());
        Files.writeString(page, new HtmlReport(report, new HtmlReport.Choices(Images.NONE, 0, 200_000, "")).page());
        var took = computed() - before;
        assertTrue(took < WRITE_SECONDS, took + " s to write it");
        assertTrue(Files.readString(page).contains("Figures show 40 of 50 arms"), "said");
        opens(page);
    }
}
