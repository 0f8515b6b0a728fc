package karuta.archive.pool;

import static karuta.archive.pool.Pools.git;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A writer that is killed at any moment leaves a pool that verifies. */
class KillTest {

    private static final int KILLS = Integer.getInteger("karuta.kills", 12);
    private static final long SEED = Long.getLong("karuta.kills.seed", 15);
    private static final Author ADA = new Author("Ada", "ada@example.org");

    /** Who learns, goes back and removes; and who rewrites all cards at once, merges and clears up. */
    @ParameterizedTest
    @ValueSource(classes = {RestlessWriter.class, RestlessKeeper.class})
    void whatIsLeftVerifiesAndGoesOn(Class<?> writer, @TempDir Path place) throws Exception {
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
        git(place, "clone", "-q", "team.pool", "other.pool");
        var random = new Random(SEED);
        var revisions = 1;
        for (var kill = 0; kill < KILLS; kill++) {
            var moment = random.nextInt(400);
            killAfter(writer, folder, moment);
            var where = "kill " + kill + " after " + moment + " ms, seed " + SEED;
            try (var reader = PoolRepository.read(folder)) { // nobody has tidied up yet
                var files = new PoolFiles(reader.head().orElseThrow(() -> new AssertionError(where)));
                files.verify();
                RestlessKeeper.check(files, where);
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

    private static void killAfter(Class<?> restless, Path folder, int millis) throws IOException, InterruptedException {
        var writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        restless.getName(),
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
}
