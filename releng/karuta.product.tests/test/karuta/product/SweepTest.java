package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many runs, tasks of an array job and several jobs promise. */
class SweepTest {

    private static final String STUDY = """
        study: sweep
        seeds: %s
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 8, test: 2}
        tasks: [scienceqa, vizwiz]
        training: {steps: 2, batch: 4, rate: 0.003}
        arms:
          slow: {learner: prompt, pool: {id: prototype, length: 4}, selector: dual, fusion: concat, training: {steps: 30}}
          quick: {baseline: zero-shot}
        """;

    @TempDir
    Path folder;

    private Product product;

    @BeforeEach
    void unpack() {
        product = Product.in(folder);
    }

    private String study(String seeds) throws Exception {
        return Files.writeString(folder.resolve("sweep.yaml"), STUDY.formatted(seeds))
                .toString();
    }

    @Test
    void moreThanFiveHundredRunsAreNotBegunWhereNobodyCanBeAsked() throws Exception {
        var refused =
                product.start(Map.of(), "run", study("251"), "--out", "many").end();
        assertNotEquals(0, refused.code());
        assertTrue(refused.err().contains("nobody can be asked here"), refused.err());
        assertTrue(refused.err().contains("--yes"), "the remedy: " + refused.err());
        assertTrue(refused.out().contains("The study has 502 runs"), refused.out());
        assertTrue(refused.out().contains("All of them will take about"), "with the estimate: " + refused.out());
        assertFalse(Files.exists(folder.resolve("many")), "nothing was begun");
    }

    @Test
    void whoIsAskedMayRefuse() throws Exception {
        var said = atTerminal("n\n", "run", study("251"), "--out", "many");
        assertTrue(said.contains("All of them will take about"), said);
        assertTrue(said.contains("Begin? [y/N]"), said);
        assertTrue(said.contains("Nothing was begun."), said);
        assertFalse(Files.exists(folder.resolve("many")), said);
    }

    /** What a person at a terminal would see who types this. */
    private String atTerminal(String typed, String... words) throws Exception {
        var command = product.home().resolve("karuta") + " " + String.join(" ", words);
        var process = new ProcessBuilder("script", "--quiet", "--return", "--command", command, "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        process.environment().putAll(Map.of("KARUTA_CACHE", product.cache().toString(), "TERM", "xterm"));
        var running = process.start();
        running.getOutputStream().write(typed.getBytes(StandardCharsets.UTF_8));
        running.getOutputStream().flush();
        var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertNotEquals(0, running.waitFor(), said);
        return said;
    }

    @Test
    void aTaskRefusesAStudyThatHasChangedSinceItWasSubmitted() throws Exception {
        var refused = product.start(Map.of(), "run", study("1"), "--out", "runs", "--worker", "0".repeat(64))
                .end();
        assertNotEquals(0, refused.code());
        assertTrue(refused.err().contains("has changed since it was submitted"), refused.err());
        assertTrue(refused.err().contains("Submit it again"), refused.err());
        assertFalse(Files.exists(folder.resolve("runs")), "nothing was begun");
    }

    /** The second arm is finished long before the first one. */
    @Test
    void tablesHaveTheArmsAsTheStudyNamesThemWhicheverIsFinishedFirst() throws Exception {
        var run = product.start(Map.of(), "run", study("2"), "--out", "runs", "--jobs", "2")
                .end();
        assertEquals(0, run.code(), run.err());
        var table = product.start(Map.of(), "table", "runs").end();
        assertEquals(List.of("slow", "quick"), arms(table.out()));
        assertEquals(arms(table.out()), arms(run.out()), "at the end of the run, too");
    }

    private static List<String> arms(String text) {
        return text.substring(text.indexOf("Results in percent"))
                .lines()
                .map(line -> line.split(" ")[0])
                .filter(List.of("slow", "quick")::contains)
                .distinct()
                .toList();
    }
}
