package karuta.report.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import karuta.report.Comparison;
import karuta.report.Report;
import karuta.report.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class StudyFiguresTest {

    @TempDir
    private Path out;

    private Comparison comparison() {
        var runs = new Runs(out.resolve("runs"));
        var odd = Runs.run("lora", 1, 0, 0, 0.5, 0.1, 0.25, 0.75);
        odd.getArm().setName("<b> & \u0001 \"x\"");
        var dual = runs.write(Runs.run("dual", 1, 0, 0, 0.9, 0, 0.6, 0.8));
        Runs.choose(dual, 2, List.of(List.of("a", "a"), List.of("a", "b", "a"), List.of("b", "a"), List.of("a", "b")));
        return Report.of(List.of(dual, runs.write(odd), runs.write(Runs.run("oracle", 1, 0, 0, 1, 0, 1, 1))))
                .comparisons()
                .get(0);
    }

    @Test
    void everyFigureIsWellFormedAndHasItsPixels() throws Exception {
        var written = Plots.write(comparison(), out.resolve("plots"), "1-");
        assertEquals(
                List.of(
                        "1-last.svg",
                        "1-last.png",
                        "1-accuracy.svg",
                        "1-accuracy.png",
                        "1-forgetting.svg",
                        "1-forgetting.png",
                        "1-task-1-a.svg",
                        "1-task-1-a.png"),
                written.stream()
                        .map(file -> file.getFileName().toString())
                        .limit(8)
                        .toList());
        for (var file : written) {
            if (file.toString().endsWith(".svg")) {
                var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
                parser.parse(new InputSource(new StringReader(Files.readString(file))));
            } else {
                var image = ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(file)));
                assertTrue(image.getWidth() >= 200, file.toString());
            }
        }
    }

    @Test
    void theSameMarksArePaintedInTheirColours() throws IOException {
        var figure =
                new Figure("x", "x", 40, 20, List.of(new Mark.Box(new Mark.Point(10, 5), 20, 10, Tone.HEAT_10, "")));
        var image = ImageIO.read(new ByteArrayInputStream(Png.of(figure)));
        assertEquals(Tone.HEAT_10.rgb(), image.getRGB(40, 20) & 0xFFFFFF, "the middle, at two pixels each");
        assertEquals(Tone.PAPER.rgb(), image.getRGB(5, 5) & 0xFFFFFF);
        assertTrue(Svg.inline(figure, "y")
                .contains("<rect class=\"f-heat-10\" x=\"10\" y=\"5\" width=\"20\" height=\"10\">"));
    }

    @Test
    void theSelectionMapCountsTheBestCardOfEachSample() {
        var map = new StudyFigures(comparison()).selections().get(0);
        assertEquals(List.of("a", "b"), map.rows());
        assertEquals(List.of(2 / 3.0, 1 / 3.0), map.values().get(0));
        assertEquals(List.of(1.0, 0.0), map.values().get(1));
    }

    @Test
    void theHighestScoreOfHundredPercentFitsTheScale() {
        var axis = Axis.percent(List.of(0.0, 100.0), 0, 200);
        assertEquals(100, axis.high());
        assertEquals(200, axis.at(100));
        assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0), axis.ticks());
        assertEquals(1, Axis.percent(List.of(0.0, 0.0), 0, 1).high(), "a scale of equal numbers has a length");
    }

    @Test
    void heatIsReadableOnLightPaperAndOnDark() {
        for (var i = 0; i <= 10; i++) {
            var tone = Tone.heat(i / 10.0);
            assertTrue(
                    contrast(tone.rgb(), tone.strong() ? 0xFFFFFF : Tone.INK.rgb()) >= 4.5, tone + " on light paper");
        }
        assertEquals(Tone.HEAT_10, Tone.heat(7.5), "CIDEr may be more than 1");
    }

    /** By WCAG 2.2, relative luminance and contrast ratio. */
    private static double contrast(int one, int other) {
        var a = luminance(one);
        var b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        var c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
