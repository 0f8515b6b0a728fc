package karuta.archive.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import karuta.archive.git.Author;
import karuta.archive.git.Change;
import karuta.archive.git.PoolRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that is killed at any moment leaves a pool that verifies. */
class KillTest {

    private static final int KILLS = Integer.getInteger("karuta.kills", 12);
    private static final long SEED = Long.getLong("karuta.kills.seed", 15);
    private static final Author ADA = new Author("Ada", "ada@example.org");

    @Test
    void whatIsLeftVerifiesAndGoesOn(@TempDir Path place) throws Exception {
        var folder = place.resolve("team.pool");
        try (var pool = PoolRepository.create(folder)) {
            pool.commit(
                    PoolFiles.begun(new PoolManifest(
                            PoolManifest.FORM,
                            "0.2.0",
                            new Pinned("t", "a"),
                            new Pinned("t", "b"),
                            Policy.WARN,
                            "study")),
                    ADA,
                    Instant.EPOCH,
                    "begins");
        }
        var random = new Random(SEED);
        var revisions = 1;
        for (var kill = 0; kill < KILLS; kill++) {
            var moment = random.nextInt(400);
            killAfter(folder, moment);
            var where = "kill " + kill + " after " + moment + " ms, seed " + SEED;
            try (var reader = PoolRepository.read(folder)) { // nobody has tidied up yet
                new PoolFiles(reader.head().orElseThrow(() -> new AssertionError(where))).verify();
            }
            try (var pool = PoolRepository.open(folder)) {
                new PoolFiles(pool.head().orElseThrow()).verify();
                var now = pool.log().size();
                assertTrue(now >= revisions, where + ": " + now + " revisions after " + revisions);
                revisions = now;
                pool.commit(Change.NONE.put("note", where.getBytes(StandardCharsets.UTF_8)), ADA, Instant.now(), where);
            }
            assertEquals("", git(folder, "status", "--porcelain"), where);
            assertEquals("", git(folder, "fsck", "--strict", "--no-dangling"), where);
        }
        var notes = KILLS - 1; // before the last look
        assertTrue(revisions > 1 + notes, "the writer wrote nothing");
    }

    private static void killAfter(Path folder, int millis) throws IOException, InterruptedException {
        var writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RestlessWriter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var words = new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8)) {
            assertEquals('b', words.read(), "the writer begins");
            TimeUnit.MILLISECONDS.sleep(millis);
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private static String git(Path folder, String... words) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(java.util.List.of("git"));
        command.addAll(java.util.List.of(words));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
