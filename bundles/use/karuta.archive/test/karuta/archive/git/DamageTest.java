package karuta.archive.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import karuta.api.KarutaException;
import karuta.archive.Programs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that are not what their ids say, or not whole. */
class DamageTest {

    private static final Author ADA = new Author("Ada", "ada@example.org");
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path place;

    private Path folder;
    private Programs git;

    @BeforeEach
    void begin() {
        folder = place.resolve("team.pool");
        git = new Programs(folder);
        try (var pool = PoolRepository.create(folder)) {
            pool.commit(file("cards/a", "one"), ADA, NOON, "first");
            pool.commit(file("cards/a", "two"), ADA, NOON, "second");
        }
    }

    @Test
    void aTreeInAnothersPlaceIsTold() throws IOException {
        swap("HEAD^{tree}", "HEAD~1^{tree}");
        assertEquals("one", git.run("git", "show", "HEAD:cards/a"), "git itself takes it");
        assertTrue(refusal().contains("its contents were changed"), refusal());
    }

    @Test
    void aFoldersTreeInAnothersPlaceIsTold() throws IOException {
        swap("HEAD:cards", "HEAD~1:cards");
        assertTrue(refusal().contains("its contents were changed"), refusal());
    }

    @Test
    void aCommitInAnothersPlaceIsTold() throws IOException {
        swap("HEAD", "HEAD~1");
        assertTrue(refusal().contains("its contents were changed"), refusal());
    }

    @Test
    void aFileInAnothersPlaceIsTold() throws IOException {
        swap("HEAD:cards/a", "HEAD~1:cards/a");
        assertTrue(refusal().contains("its contents were changed"), refusal());
    }

    @Test
    void anyObjectThatIsCutOffIsTold() throws IOException {
        for (var name : new String[] {"HEAD", "HEAD^{tree}", "HEAD:cards", "HEAD:cards/a"}) {
            var object = object(name);
            var whole = Files.readAllBytes(object);
            Files.delete(object);
            for (var length : new int[] {0, 1, 5, whole.length / 2, whole.length - 1}) {
                Files.write(object, Arrays.copyOf(whole, length));
                assertTrue(refusal().contains("is damaged"), name + ": " + refusal());
            }
            Files.write(object, whole);
        }
        assertEquals("two", read());
    }

    @Test
    void aPackThatIsCutOffOrChangedIsTold() throws IOException {
        git.run("git", "gc", "-q");
        Path pack;
        try (var files = Files.list(folder.resolve(".git/objects/pack"))) {
            pack = files.filter(file -> file.toString().endsWith(".pack"))
                    .findAny()
                    .orElseThrow();
        }
        assertEquals("two", read());
        var whole = Files.readAllBytes(pack);
        Files.delete(pack);
        for (var length : new int[] {0, 11, 13, whole.length / 2, whole.length - 25}) {
            Files.write(pack, Arrays.copyOf(whole, length));
            refusal();
        }
        var random = new Random(1);
        var told = 0;
        for (var i = 0; i < 100; i++) {
            var changed = whole.clone();
            changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(pack, changed);
            try {
                assertEquals("two", read(), "what is read is what was written, or nothing is");
            } catch (KarutaException refused) {
                told++;
            }
        }
        assertTrue(told > 20, told + " of 100 were told");
        Files.write(pack, whole);
        assertEquals("two", read());
    }

    @Test
    void theParentsOfACommitAreThoseThatItSaysItself() throws IOException {
        git.run("git", "config", "core.commitGraph", "true");
        git.run("git", "commit-graph", "write", "--reachable");
        var graph = folder.resolve(".git/objects/info/commit-graph");
        var bytes = ByteBuffer.wrap(Files.readAllBytes(graph));
        for (var chunk = 8; chunk < 8 + 12 * bytes.get(6); chunk += 12) {
            if (bytes.getInt(chunk) == 0x43444154) { // CDAT: tree, two parents, date
                var data = (int) bytes.getLong(chunk + 4);
                for (var commit = 0; commit < 2; commit++) {
                    bytes.putInt(data + 36 * commit + 20, 0x70000000); // no parent
                }
            }
        }
        Files.delete(graph);
        Files.write(graph, bytes.array());
        try (var pool = PoolRepository.read(folder)) {
            assertEquals(2, pool.log().size());
            assertEquals(2, pool.lineage().since(Optional.empty()).size());
        }
    }

    private void swap(String victim, String other) throws IOException {
        var object = object(victim);
        var contents = object(other);
        Files.delete(object);
        Files.copy(contents, object);
    }

    private Path object(String name) {
        var id = git.run("git", "rev-parse", name).strip();
        return folder.resolve(".git/objects/" + id.substring(0, 2) + "/" + id.substring(2));
    }

    private String refusal() {
        return assertThrows(KarutaException.class, this::read).getMessage();
    }

    private String read() {
        try (var pool = PoolRepository.read(folder)) {
            var head = pool.head().orElseThrow(() -> new KarutaException("It is empty.", "Look."));
            return new String(head.read("cards/a").orElseThrow(), StandardCharsets.UTF_8);
        }
    }

    private static Change file(String path, String text) {
        return Change.NONE.put(path, text.getBytes(StandardCharsets.UTF_8));
    }
}
