package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal studies leave equal bits, however often Java collects garbage and whatever else the machine does. */
class SameBitsTest {

    /** Every learner that is shipped, with every way of training. */
    private static final String ALL = """
        study: all
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 24, test: 6}
        tasks: [scienceqa, vizwiz, textvqa]
        training: {steps: 8, batch: 6, rate: 0.05, warmup: 0.125}
        arms:
          modalprompt:
            learner: prompt
            pool: {id: prototype, length: 8, transformRate: 0.06}
            selector: {id: dual, k: 3}
            fusion: concat
          random-best:
            learner: prompt
            pool: {id: prototype, length: 4}
            selector: {id: random, k: 2}
            fusion: best
          replay-prompt:
            baseline: {id: replay, buffer: 12, batch: 4}
            over:
              learner: prompt
              pool: {id: prototype, length: 4}
              selector: {id: dual, k: 2}
              fusion: concat
          lora-dropout:
            baseline: {id: lora, rank: 4, dropout: 0.2}
            training: {rate: 0.003}
          der:
            baseline: {id: der, buffer: 12, batch: 4, topK: 8}
            over: {baseline: {id: lora, rank: 4, dropout: 0.2}}
            training: {rate: 0.003}
          keeplora:
            learner: {id: keeplora, rank: 4, probes: 8}
            training: {rate: 0.003}
          drape:
            learner: prompt
            pool: {id: drape, hidden: 32}
            selector: {id: dual, k: 1}
            fusion: {id: drape, length: 4}
            training: {rate: 0.002}
          l2p:
            learner: prompt
            pool: {id: l2p, size: 4, length: 2}
            selector: {id: l2p, k: 2}
            fusion: concat
          dualprompt:
            learner: prompt
            pool: {id: dualprompt, generalLength: 2, expertLength: 2, expertLayers: [2, 3]}
            selector: dualprompt
            fusion: concat
          coda:
            learner: prompt
            pool: {id: coda, components: 3, length: 4, layers: [0, 2], penalty: 0.1}
            selector: coda
            fusion: sum
          sprompts:
            learner: prompt
            pool: {id: sprompts, length: 4}
            selector: sprompts
            fusion: concat
          progressive:
            learner: prompt
            pool: {id: progressive, length: 2, bottleneck: 16}
            selector: progressive
            fusion: concat
          repro:
            learner: prompt
            pool: {id: prototype, length: 4}
            selector: repro
            fusion: concat
          adaptive:
            learner: prompt
            pool: {id: prototype, length: 4}
            selector: mass
            fusion: best
          weighed:
            learner: prompt
            pool: {id: prototype, length: 4}
            selector: modality
            fusion: gated
          replay-lora:
            baseline: {id: replay, buffer: 12, batch: 4}
            over: {baseline: {id: lora, rank: 4}}
            training: {rate: 0.003}
          joint-lora:
            baseline: joint
            over: {baseline: {id: lora, rank: 4}}
            training: {rate: 0.003}
          zero-shot: {baseline: zero-shot}
        """;

    /** The methods that go over learners, and those that adapt layers. */
    private static final String OVER = """
        study: over
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 12, test: 3}
        tasks: [scienceqa, vizwiz]
        training: {steps: 3, batch: 4, rate: 0.003}
        arms:
          ewc: {baseline: {id: ewc, batch: 4}, over: {baseline: {id: lora, rank: 4, dropout: 0.2}}}
          lwf: {baseline: lwf, over: {baseline: {id: lora, rank: 4, dropout: 0.2}}}
          lwf-prompt:
            baseline: lwf
            over: {learner: prompt, pool: {id: prototype, length: 4}, selector: dual, fusion: concat}
          gem: {baseline: {id: gem, examples: 4}, over: {baseline: {id: lora, rank: 4}}}
          agem-prompt:
            baseline: {id: agem, examples: 4, batch: 4}
            over: {learner: prompt, pool: {id: prototype, length: 4}, selector: dual, fusion: concat}
          dgg:
            baseline: {id: dgg, share: 0.5}
            over: {baseline: {id: replay, buffer: 8, batch: 4, loss: mean}, over: {baseline: {id: lora, rank: 4}}}
          magmax: {baseline: merge, over: {baseline: {id: lora, rank: 4}}}
          ties: {baseline: {id: merge, rule: ties}, over: {baseline: {id: lora, rank: 4}}}
          moelora: {learner: {id: moelora, rank: 16, experts: 4, alpha: 32}}
          olora: {learner: {id: olora, rank: 4, alpha: 8}}
          sefe: {learner: {id: sefe, rank: 4, alpha: 8}}
          hide: {learner: prompt, pool: {id: hide, rank: 4}, selector: hide, fusion: hide}
          disco: {learner: prompt, pool: {id: disco, rank: 4}, selector: disco, fusion: disco}
        """;

    private static final String SMALL = """
        study: small
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 8, test: 1}
        tasks: [scienceqa, vizwiz]
        training: {steps: 2, batch: 4, rate: 0.05}
        arms:
          modalprompt:
            learner: prompt
            pool: {id: prototype, length: 4}
            selector: dual
            fusion: concat
          replay-lora:
            baseline: {id: replay, buffer: 4, batch: 2}
            over: {baseline: {id: lora, rank: 4, dropout: 0.2}}
            training: {rate: 0.003}
          drape:
            learner: prompt
            pool: {id: drape, hidden: 16}
            selector: {id: dual, k: 1}
            fusion: {id: drape, length: 4}
        """;

    private static final Map<String, String> MANY_COLLECTIONS = Map.of("KARUTA_JAVA_OPTS", "-Xmn2m");
    private static final Map<String, String> NO_COLLECTION = Map.of("KARUTA_JAVA_OPTS", "-Xms1500m -Xmn1400m");
    private static final Map<String, String> OVERWRITTEN = Map.of("KARUTA_DEBUG_MEMORY", "1");

    @TempDir
    Path folder;

    private Path study;

    @BeforeEach
    void write() {
        study = folder.resolve("study.yaml");
    }

    @Test
    void neitherCollectionsNorABusyMachineChangeABit() throws IOException {
        Files.writeString(study, ALL);
        var busy = new AtomicBoolean(true);
        var load = IntStream.range(0, 2)
                .mapToObj(i -> new Thread(() -> {
                    while (busy.get()) {
                        Thread.onSpinWait();
                    }
                }))
                .toList();
        load.forEach(Thread::start);
        try {
            var first = start("first", MANY_COLLECTIONS);
            var second = start("second", MANY_COLLECTIONS);
            var bits = bits("first", first);
            assertEquals(bits, bits("second", second));
            assertEquals(bits, bits("third", start("third", NO_COLLECTION)));
            assertEquals(
                    18 * 4, bits.size(), "of each run a matrix, predictions and two checkpoints: " + bits.keySet());
        } finally {
            busy.set(false);
        }
    }

    @Test
    void collectionsDoNotChangeABitOfWhatGoesOverLearners() throws IOException {
        Files.writeString(study, OVER);
        var bits = bits("many", start("many", MANY_COLLECTIONS));
        assertEquals(bits, bits("none", start("none", NO_COLLECTION)));
        assertEquals(13 * 4, bits.size(), "of each run a matrix, predictions and two checkpoints: " + bits.keySet());
    }

    @Test
    void nothingIsReadThatWasFreed() throws IOException {
        Files.writeString(study, SMALL);
        var bits = bits("plain", start("plain", Map.of()));
        assertEquals(bits, bits("overwritten", start("overwritten", OVERWRITTEN)));
    }

    /** The comparison above means something only if unequal studies are told apart. */
    @Test
    void anotherSeedLeavesOtherBits() throws IOException {
        Files.writeString(study, SMALL);
        var bits = bits("plain", start("plain", Map.of()));
        Files.writeString(study, SMALL.replace("seeds: [1]", "seeds: [2]"));
        var others = bits("other", start("other", Map.of()));
        others.forEach((file, hash) -> {
            if (file.contains("checkpoint")) {
                assertNotEquals(bits.get(file.replace("seed2", "seed1")), hash, file);
            }
        });
    }

    private Product.Running start(String name, Map<String, String> environment) {
        return Product.in(folder.resolve(name)).start(environment, "run", study.toString(), "--out", out(name));
    }

    private String out(String name) {
        return folder.resolve(name).resolve("out").toString();
    }

    /** SHA-256 of what the runs left, by file. */
    private Map<String, String> bits(String name, Product.Running running) throws IOException {
        var result = running.end();
        assertEquals(0, result.code(), result.err());
        var root = Path.of(out(name));
        var bits = Bits.of(root);
        assertTrue(bits.size() > 3, () -> "files in " + root + ": " + bits.keySet());
        return bits;
    }
}
