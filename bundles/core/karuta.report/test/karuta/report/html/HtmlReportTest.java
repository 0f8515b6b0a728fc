package karuta.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import karuta.report.Report;
import karuta.report.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    @TempDir
    private Path out;

    private static String between(String page, String from, String to) {
        var start = page.indexOf(from) + from.length();
        return page.substring(start, page.indexOf(to, start));
    }

    private String hostilePage() {
        return new HtmlReport(Hostile.report(out), Hostile.choices()).page();
    }

    @Test
    void nothingThatARecordHoldsBecomesMarkup() {
        var page = hostilePage();
        assertFalse(page.contains("<img"), "an image that is no part of the page");
        assertEquals(2, Pattern.compile("<script").matcher(page).results().count(), "the answers and the page's own");
        assertEquals(2, Pattern.compile("</script").matcher(page).results().count());
        assertTrue(page.contains("&lt;img src=x onerror=&quot;window.owned=1&quot;&gt;&amp;amp;"), "shown as it is");
    }

    @Test
    void thePolicyNamesTheHashOfStyleAndScript() throws Exception {
        var page = hostilePage();
        var policy = between(page, "Content-Security-Policy\" content=\"", "\">");
        var sha = MessageDigest.getInstance("SHA-256");
        for (var piece : List.of(between(page, "<style>", "</style>"), between(page, "<script>", "</script>"))) {
            var hash = Base64.getEncoder().encodeToString(sha.digest(piece.getBytes(StandardCharsets.UTF_8)));
            assertTrue(policy.contains("'sha256-" + hash + "'"), policy);
        }
        assertTrue(policy.startsWith("default-src 'none'; img-src data:;"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertFalse(page.contains("http://") || page.contains("https://"), "nothing is fetched");
    }

    @Test
    void theAnswersStandInItAsData() {
        var json = between(hostilePage(), "class=\"book\">", "</script>");
        var book = JsonParser.parseString(json).getAsJsonObject();
        assertEquals(60, book.getAsJsonArray("questions").size());
        var texts = book.getAsJsonArray("texts");
        var first =
                book.getAsJsonArray("answers").get(0).getAsJsonArray().get(1).getAsJsonArray();
        assertEquals(
                "yes " + Hostile.SCRIPT,
                texts.get(first.get(0).getAsJsonArray().get(0).getAsInt()).getAsString());
        assertEquals(1, book.getAsJsonArray("images").size(), "the same image once");
        assertEquals("[0,0.25]", first.get(3).getAsJsonArray().get(0).toString());
    }

    @Test
    void tooManyAnswersAreTakenEvenlyAndThatIsSaid() {
        var choices = Hostile.choices();
        var few = new HtmlReport.Choices(choices.images(), 0, 120, "");
        var page = new HtmlReport(Hostile.report(out), few).page();
        var book = JsonParser.parseString(between(page, "class=\"book\">", "</script>"))
                .getAsJsonObject();
        assertEquals(20, book.getAsJsonArray("questions").size(), "120 answers of two runs, three stages, two tasks");
        var texts = book.getAsJsonArray("texts");
        var ids = book.getAsJsonArray("questions").asList().stream()
                .map(question ->
                        texts.get(question.getAsJsonArray().get(1).getAsInt()).getAsString())
                .map(id -> id.replaceFirst("\u0000.*", ""))
                .toList();
        assertEquals(List.of("a0", "a3", "a6"), ids.subList(0, 3));
        assertTrue(page.contains("20 of 60 questions are shown"), "said");
        assertEquals(0, book.getAsJsonArray("images").size());
    }

    @Test
    void imagesWithoutRoomAreLeftOutAndCounted() {
        var shades = new Thumbnails(
                (task, sample) -> {
                    var image = new java.awt.image.BufferedImage(64, 64, java.awt.image.BufferedImage.TYPE_INT_RGB);
                    IntStream.range(0, 64 * 64).forEach(i -> image.setRGB(i % 64, i / 64, i * sample.hashCode()));
                    return java.util.Optional.of(image);
                },
                20_000);
        var numbers = IntStream.range(0, 20).map(i -> shades.of("a", "s" + i)).toArray();
        var kept = IntStream.of(numbers).filter(i -> i >= 0).count();
        assertEquals(kept, shades.all().size());
        assertEquals(20 - kept, shades.leftOut());
        assertTrue(kept > 0 && kept < 20, kept + " kept");
        assertTrue(shades.all().stream().mapToInt(String::length).sum() <= 20_000);
    }

    @Test
    void aLargeImageBecomesSmall() throws Exception {
        var large = new Thumbnails(
                (task, sample) -> java.util.Optional.of(
                        new java.awt.image.BufferedImage(1000, 500, java.awt.image.BufferedImage.TYPE_INT_RGB)),
                100_000);
        assertEquals(0, large.of("a", "1"));
        var bytes = Base64.getDecoder().decode(large.all().get(0).replaceFirst(".*,", ""));
        var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(bytes));
        assertEquals("144 x 72", image.getWidth() + " x " + image.getHeight());
    }

    @Test
    void aSingleSeedSaysThatItCannotTell() {
        var page = hostilePage();
        assertTrue(page.contains("one seed: no table can tell"), "in the results");
        assertTrue(page.contains("At least one arm has a single seed"), "among the limits");
    }

    @Test
    void otherBudgetsAreMarked() {
        var runs = new Runs(out);
        var dual = Runs.run("dual", 1, 0, 0, 0.9, 0, 0.6, 0.8);
        var lora = Runs.run("lora", 1, 0, 0, 0.9, 0.1, 0.2, 1);
        lora.getStages().forEach(stage -> {
            stage.setTrained(3 * stage.getTrained());
            stage.setStoredSamples(0);
        });
        var report = Report.of(List.of(runs.write(dual), runs.write(lora)));
        var page = new HtmlReport(report, new HtmlReport.Choices(Images.NONE, 0, 0, "")).page();
        assertTrue(page.contains("trains 3.0 times as many numbers; keeps 0 old samples, not 160"), "in what");
        assertEquals(1, Pattern.compile("≠ not matched").matcher(page).results().count());
        assertFalse(page.contains("class=\"book\""), "no answers were asked for");
    }

    @Test
    void runsWithoutAFinishedOneMakeAPage() {
        var run = Runs.run("dual", 1, 0, 0, 0.9, 0);
        run.setStatus(karuta.study.RunStatus.RUNNING);
        var report = Report.of(List.of(new Runs(out).write(run)));
        var page = new HtmlReport(report, Hostile.choices()).page();
        assertTrue(page.contains("1 of 1 runs have not finished"), "said");
    }
}
