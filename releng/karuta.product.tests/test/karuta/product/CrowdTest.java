package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes carry out one study; some are killed while they work, and others are started in their place. No run is done twice,
 * and all ends as if one process had done it. {@code releng/reliability/crowd.py} does more of it.
 */
class CrowdTest {

    private static final String STUDY = """
        study: crowd
        seeds: [1, 2, 3, 4]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 16, test: 8}
        tasks: [scienceqa, vizwiz]
        training: {steps: 10, batch: 8, rate: 0.003}
        arms:
          modalprompt: {learner: prompt, pool: {id: prototype, length: 4}, selector: dual, fusion: concat}
          lora: {baseline: {id: lora, rank: 4}}
        """;

    private static final int PROCESSES = 4;
    private static final int RUNS = 8;
    private static final int KILLS = 4;
    private static final Pattern HOLDER = Pattern.compile("process (\\d+) on .*", Pattern.DOTALL);

    @TempDir
    Path folder;

    /** With other moments by {@code -Dkaruta.kills.seed=N}. */
    @Test
    void noRunIsDoneTwiceThoughProcessesAreKilled(TestReporter reporter) throws Exception {
        var draws = new Random(Long.getLong("karuta.kills.seed", 8));
        var product = Product.in(folder);
        var study = Files.writeString(folder.resolve("crowd.yaml"), STUDY).toString();
        var whole = product.start(Map.of(), "run", study, "--out", "whole").end();
        assertEquals(0, whole.code(), whole.err());

        var crowd = new ArrayList<Product.Running>();
        for (var i = 0; i < PROCESSES; i++) {
            crowd.add(another(product, study));
        }
        var killed = new ArrayList<Product.Running>();
        while (crowd.stream().anyMatch(each -> each.process().isAlive())) {
            Thread.sleep(draws.nextInt(300));
            var busy = killed.size() < KILLS ? working(crowd) : Optional.<Product.Running>empty();
            if (busy.isPresent()) {
                busy.get().kill();
                killed.add(busy.get());
                crowd.remove(busy.get());
                crowd.add(another(product, study));
            }
        }
        for (var each : crowd) {
            assertEquals(0, each.end().code(), each.end().err());
        }
        reporter.publishEntry("killed while they worked", String.valueOf(killed.size()));
        assertEquals(Bits.of(folder.resolve("whole")), Bits.of(folder.resolve("shared")));
        assertTrue(killed.size() > 0, "some were killed at work");
        notTwice(killed.size());
    }

    private static Product.Running another(Product product, String study) {
        return product.start(Map.of(), "run", study, "--out", "shared", "--checkpoint-steps", "1");
    }

    /** Each process that takes up a run says so in the run's log, which is added to. */
    private void notTwice(int kills) throws IOException {
        var begun = 0;
        var runs = runs();
        assertEquals(RUNS, runs.size(), runs.toString());
        for (var run : runs) {
            var lines = Files.readAllLines(run.resolve("log.txt"));
            begun += (int)
                    lines.stream().filter(line -> line.endsWith(" begins")).count();
            assertEquals(
                    1,
                    lines.stream().filter(line -> line.endsWith(": finished")).count(),
                    lines.toString());
            assertTrue(lines.get(lines.size() - 1).endsWith(": finished"), "nothing follows: " + lines);
        }
        assertTrue(begun <= RUNS + kills, begun + " times a run was taken up, after " + kills + " kills");
    }

    private List<Path> runs() throws IOException {
        var shared = folder.resolve("shared");
        if (!Files.isDirectory(shared)) {
            return List.of();
        }
        try (var inside = Files.list(shared)) {
            return inside.filter(Files::isDirectory).toList();
        }
    }

    /** One that has a run's lock. */
    private Optional<Product.Running> working(List<Product.Running> crowd) throws IOException {
        for (var run : runs()) {
            var lock = run.resolve(".lock");
            var holder = HOLDER.matcher(Files.exists(lock) ? Files.readString(lock) : "");
            if (holder.matches()) {
                var id = Long.parseLong(holder.group(1));
                var found = crowd.stream()
                        .filter(each -> each.process().descendants().anyMatch(child -> child.pid() == id))
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
