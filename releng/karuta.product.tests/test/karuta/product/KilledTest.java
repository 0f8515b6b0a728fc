package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
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

    /** For each way of keeping something within a stage one. */
    private static final String METHODS = """
        study: methods
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 8, test: 2}
        tasks: [scienceqa, vizwiz]
        training: {steps: 4, batch: 4, rate: 0.003}
        arms:
          modalprompt: {learner: prompt, pool: {id: prototype, length: 4}, selector: dual, fusion: concat}
          lora: {baseline: {id: lora, rank: 4}}
          keeplora: {learner: {id: keeplora, rank: 4}}
          replay:
            baseline: {id: replay, buffer: 8, batch: 4}
            over: {baseline: {id: lora, rank: 4}}
          der:
            baseline: {id: der, buffer: 8, batch: 4}
            over: {baseline: {id: lora, rank: 4}}
          ewc:
            baseline: {id: ewc, batches: 2}
            over: {baseline: {id: lora, rank: 4}}
          gem:
            baseline: {id: gem, examples: 8}
            over: {baseline: {id: lora, rank: 4}}
        """;

    private static final int MOMENTS = 20;

    @TempDir
    Path folder;

    /** Of another seed with {@code -Dkaruta.kills.seed=N}. A position is kept after every step, so that some hit its writing. */
    @Test
    void killedAtTwentyRandomMomentsItEndsWithTheSameBits(TestReporter reporter) throws Exception {
        var seed = Long.getLong("karuta.kills.seed", 20);
        reporter.publishEntry("seed of the moments", String.valueOf(seed));
        var draws = new Random(seed);
        var product = Product.in(folder);
        var study = Files.writeString(folder.resolve("methods.yaml"), METHODS).toString();
        var began = System.nanoTime();
        var whole = product.start(Map.of(), "run", study, "--out", "whole").end();
        assertEquals(0, whole.code(), whole.err());
        var length = System.nanoTime() - began;
        var kills = 0;
        for (var studies = 0; kills < MOMENTS; studies++) {
            var out = "killed-" + studies;
            for (var finished = false; !finished; ) {
                var run = product.start(Map.of(), "run", study, "--out", out, "--checkpoint-steps", "1");
                var moment = (long) (draws.nextDouble() * length);
                finished = kills >= MOMENTS || run.process().waitFor(moment, TimeUnit.NANOSECONDS);
                if (finished) {
                    assertEquals(0, run.end().code(), run.end().err());
                } else {
                    run.kill();
                    reporter.publishEntry("killed after ms", String.valueOf(moment / 1_000_000));
                    kills++;
                }
            }
            assertEquals(Bits.of(folder.resolve("whole")), Bits.of(folder.resolve(out)), "seed " + seed);
        }
    }

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
