package karuta.serve.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import karuta.serve.pool.Health;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptMonitorTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final String POOL = "/pools/Vögel.pool";
    private static final Duration NEVER = Duration.ofDays(1);

    private final Random random = new Random(3);
    private final Health health = new Health();
    private final Map<String, double[]> cards = Map.of("birds", scores(100), "Käfer", scores(50), "new", new double[0]);

    @TempDir
    private Path folder;

    private double[] scores(int count) {
        return DoubleStream.generate(random::nextGaussian).limit(count).toArray();
    }

    private KeptMonitor kept(Duration every, Instant now) {
        var kept = new KeptMonitor(folder, POOL, every, health, now);
        kept.monitor().cards(cards, now);
        return kept;
    }

    private Path file() {
        return folder.resolve("monitor.json");
    }

    /** A drift of one card, which then takes nearly all. */
    private static void ask(Monitor monitor, int from, int to) {
        for (var i = from; i < to; i++) {
            var chance = new Random(i);
            var card = i > 900 || chance.nextInt(3) > 0 ? "Käfer" : "birds";
            var drop = card.equals("Käfer") && i > 400 ? 1.5 : 0;
            monitor.answered(
                    NOON.plusSeconds(60L * i),
                    i % 20 == 0 ? Optional.empty() : Optional.of(card),
                    chance.nextGaussian() - drop,
                    i % 20 == 0,
                    Duration.ofMillis(chance.nextInt(3_000)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 77, 450, 1_000, 1_190})
    void itGoesOnAsIfTheServiceHadNeverEnded(int end) {
        var through = new Monitor(NOON);
        through.cards(cards, NOON);
        ask(through, 0, 1_200);
        try (var before = kept(NEVER, NOON)) {
            ask(before.monitor(), 0, end);
        }
        try (var after = kept(NEVER, NOON.plusSeconds(60L * end))) {
            ask(after.monitor(), end, 1_200);
            var now = NOON.plusSeconds(60L * 1_200);
            for (var span : Span.values()) {
                assertEquals(through.json(span, now), after.monitor().json(span, now));
            }
            assertTrue(through.json(Span.YEAR, now).toString().contains("collapse"));
        }
        assertEquals(Map.of(), health.troubles());
    }

    @Test
    void aCardThatWasLearnedAnewMeanwhileBeginsAnew() {
        try (var before = kept(NEVER, NOON)) {
            ask(before.monitor(), 0, 900);
        }
        try (var after = new KeptMonitor(folder, POOL, NEVER, health, NOON)) {
            after.monitor().cards(Map.of("birds", scores(100), "Käfer", cards.get("Käfer")), NOON);
            var seen = after.monitor()
                    .json(Span.YEAR, NOON.plus(Duration.ofDays(1)))
                    .getAsJsonArray("cards");
            assertEquals("drift", seen.get(0).getAsJsonObject().get("drift").getAsString());
            assertEquals("waiting", seen.get(1).getAsJsonObject().get("drift").getAsString());
        }
    }

    @Test
    void itIsWrittenNowAndThenForItsOwnerAloneAndSaysNothingThatWasAsked() throws Exception {
        try (var kept = kept(Duration.ofMillis(10), NOON)) {
            ask(kept.monitor(), 0, 30);
            var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!known().filter(known -> known.all().answers() == 30).isPresent()) {
                assertTrue(System.nanoTime() < end, "it was not written for 60 s");
                Thread.sleep(10);
            }
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    private Optional<Monitor.Known> known() throws Exception {
        return new MonitorFile(file(), POOL).read().map(Monitor::known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{}", "[]", "null", "a bit", "half", "another pool"})
    void aFileThatIsNoneIsKeptAsideAndCountingBeginsAnew(String what) throws Exception {
        try (var before = kept(NEVER, NOON)) {
            ask(before.monitor(), 0, 50);
        }
        var bytes = Files.readAllBytes(file());
        var bad = switch (what) {
            case "a bit" -> {
                bytes[bytes.length / 2] ^= 1;
                yield bytes;
            }
            case "half" -> java.util.Arrays.copyOf(bytes, bytes.length / 2);
            case "another pool" -> otherPool();
            default -> what.getBytes(StandardCharsets.UTF_8);
        };
        Files.write(file(), bad);
        try (var after = kept(NEVER, NOON.plusSeconds(1))) {
            assertEquals(0, after.monitor().answers());
            ask(after.monitor(), 0, 3);
        }
        assertArrayEquals(bad, Files.readAllBytes(folder.resolve("monitor.json.aside")));
        assertEquals(3, known().orElseThrow().all().answers());
    }

    private byte[] otherPool() throws IOException {
        new MonitorFile(file(), "/pools/cats.pool").write(new Monitor(NOON));
        return Files.readAllBytes(file());
    }

    @Test
    void ofTwoServicesOfAPoolOneKeepsItsMonitor() throws Exception {
        try (var first = kept(NEVER, NOON);
                var second = kept(NEVER, NOON)) {
            ask(first.monitor(), 0, 5);
            ask(second.monitor(), 0, 9);
        }
        assertEquals(5, known().orElseThrow().all().answers());
    }

    @Test
    void whereItCannotBeWrittenItCountsAndSaysSo() throws IOException {
        var taken = Files.writeString(folder.resolve("taken"), "");
        try (var kept = new KeptMonitor(taken, POOL, NEVER, health, NOON)) {
            ask(kept.monitor(), 0, 5);
            assertEquals(5, kept.monitor().answers());
            assertTrue(health.troubles().get("monitor").contains("cannot be written to"), health.toString());
        }
        assertFalse(Files.exists(file()));
    }
}
