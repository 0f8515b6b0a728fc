package karuta.serve.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import karuta.serve.event.Declined;
import karuta.serve.http.Audit;
import karuta.serve.http.AuditLog;
import karuta.serve.http.Child;
import karuta.serve.pool.Health;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed at any moment leaves an audit log and a monitor that can be read and gone on with. */
@Timeout(300)
class KillTest {

    private static final int KILLS = Integer.getInteger("karuta.kills", 8);
    private static final long SEED = Long.getLong("karuta.kills.seed", 22);
    private static final int FILES = 4;

    @Test
    @EnabledOnOs(OS.LINUX)
    void bothCanBeReadAndGoneOnWith(@TempDir Path folder) throws Exception {
        var random = new Random(SEED);
        var answers = 0L;
        for (var kill = 0; kill < KILLS; kill++) {
            var millis = random.nextInt(300);
            var where = "kill " + kill + " after " + millis + " ms, seed " + SEED;
            var service = Child.start("", Restless.class, folder.toString());
            try {
                assertEquals('b', service.getInputStream().read(), "it begins");
                TimeUnit.MILLISECONDS.sleep(millis);
            } finally {
                service.destroyForcibly().waitFor();
            }
            try (var log = Restless.audit(folder); // goes on
                    var kept = Restless.monitor(folder)) {
                log.declined(new Declined(Instant.now(), "me", 400, where));
                assertTrue(kept.monitor().answers() >= answers, where);
                answers = kept.monitor().answers();
            }
            assertFalse(Files.exists(folder.resolve("monitor.json.aside")), where);
            check(folder, where);
        }
        assertTrue(answers > 0, "no monitor was written");
    }

    /** Every line is whole, and there are no more files than there may be. */
    private static void check(Path folder, String where) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "audit.jsonl*")) {
            var count = 0;
            for (var file : files) {
                count++;
                for (var line : Files.readAllLines(file)) {
                    assertTrue(JsonParser.parseString(line).getAsJsonObject().has("why"), where);
                }
            }
            assertTrue(count <= FILES, where + ": " + count + " files");
        }
    }

    /** Counts, and writes lines, as fast as it can. */
    public static final class Restless {

        private Restless() {}

        static AuditLog audit(Path folder) {
            return new AuditLog(
                    new Audit(folder.resolve("audit.jsonl"), false, 20_000, Duration.ofDays(1), FILES),
                    InstantSource.system(),
                    new Health());
        }

        static KeptMonitor monitor(Path folder) {
            var kept = new KeptMonitor(folder, "pool", Duration.ofMillis(1), new Health(), Instant.now());
            var scores = IntStream.range(0, 100).mapToDouble(i -> i).toArray();
            kept.monitor().cards(Map.of("a", scores, "b", scores), Instant.now());
            return kept;
        }

        public static void main(String[] folder) {
            try (var log = audit(Path.of(folder[0]));
                    var kept = monitor(Path.of(folder[0]))) {
                var begun = false;
                for (var i = 0; ; i++) {
                    if (!begun && Files.exists(Path.of(folder[0], "monitor.json"))) {
                        begun = true;
                        System.out.write('b');
                        System.out.flush();
                    }
                    kept.monitor().answered(Instant.now(), Optional.of("a"), i, false, Duration.ofMillis(i % 900));
                    log.declined(new Declined(Instant.now(), "who", 400, "x".repeat(i % 3_000)));
                }
            }
        }
    }
}
