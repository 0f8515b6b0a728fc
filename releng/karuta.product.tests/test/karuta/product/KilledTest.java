package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study that was killed, and then carried out by two processes at once, ends as if nothing had happened. */
class KilledTest {

    private static final String STUDY = """
        study: killed
        seeds: [1, 2]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 8, test: 2}
        tasks: [scienceqa, vizwiz]
        training: {steps: 4, batch: 4, rate: 0.05}
        arms:
          modalprompt: {learner: prompt, pool: {id: prototype, length: 4}, selector: dual, fusion: concat}
        """;

    @TempDir
    Path folder;

    @Test
    void killedAndSharedItEndsWithTheSameBits() throws Exception {
        var product = Product.in(folder);
        var study = Files.writeString(folder.resolve("study.yaml"), STUDY).toString();
        var whole = product.start(Map.of(), "run", study, "--out", "whole").end();
        assertEquals(0, whole.code(), whole.err());

        var killed = product.start(Map.of(), "run", study, "--out", "shared");
        var matrix = folder.resolve("shared")
                .resolve("killed.modalprompt.default.seed1")
                .resolve("matrix.json");
        while (!Files.exists(matrix)) {
            assertTrue(killed.process().isAlive(), "it has a row before it ends");
            Thread.sleep(5);
        }
        killed.process().destroyForcibly().waitFor();
        assertEquals(0, product.start(Map.of(), "table", "shared").end().code());

        var one = product.start(Map.of(), "run", study, "--out", "shared");
        var two = product.start(Map.of(), "run", study, "--out", "shared").end();
        assertEquals(0, one.end().code(), one.end().err());
        assertEquals(0, two.code(), two.err());
        assertEquals(Bits.of(folder.resolve("whole")), Bits.of(folder.resolve("shared")));
        assertEquals(tables(one.end().out()), tables(two.out()), "both show the whole study");
        assertFalse(tables(two.out()).isEmpty());
        assertEquals(2, runs(), "no run twice");
    }

    private long runs() throws IOException {
        try (var inside = Files.list(folder.resolve("shared"))) {
            return inside.filter(Files::isDirectory).count();
        }
    }

    /** Without what is measured anew in each process. */
    private static String tables(String out) {
        return out.substring(out.indexOf("Results in percent"));
    }
}
