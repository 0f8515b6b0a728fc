package karuta.archive.git;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import karuta.api.KarutaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository against the real git. */
class PoolRepositoryTest {

    private static final Author ADA = new Author("Ada", "ada@example.org");
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path place;

    private Path folder;

    @BeforeEach
    void name() {
        folder = place.resolve("team.pool");
    }

    @Test
    void gitReadsWhatIsWritten() throws Exception {
        try (var pool = PoolRepository.create(folder)) {
            commit(pool, "cards/a.txt", "one\n", "Learns a");
            commit(pool, "cards/b.txt", "two\r\n", "Learns b");
        }
        assertEquals("Learns b\nLearns a\n", git("log", "--format=%s"));
        assertEquals(
                "Ada <ada@example.org> " + NOON.getEpochSecond() + "\n", git("log", "-1", "--format=%an <%ae> %at"));
        assertEquals("", git("status", "--porcelain"));
        assertEquals("", git("fsck", "--strict"));
        assertEquals("two\r\n", Files.readString(folder.resolve("cards/b.txt")));
    }

    @Test
    void aSnapshotStaysWhatItIs() {
        try (var pool = PoolRepository.create(folder)) {
            var first = commit(pool, "a", "one", "first");
            var second = commit(pool, "a", "two", "second");
            assertEquals("one", text(first, "a"));
            assertEquals("two", text(second, "a"));
            assertEquals(List.of(new Difference("a", Difference.Kind.CHANGED)), first.to(second));
            assertEquals(first.revision(), pool.at("HEAD~1").revision());
            assertEquals(first.revision(), pool.at(first.revision().shortId()).revision());
        }
    }

    @Test
    void anOlderRevisionIsRestoredAndTheHistoryGrows() {
        try (var pool = PoolRepository.create(folder)) {
            var first = commit(pool, "a", "one", "first");
            commit(pool, "b", "two", "second");
            var back = pool.restore(first, Set.of(), ADA, NOON, "Back to the first");
            assertEquals(first.contents(), back.contents());
            assertFalse(Files.exists(folder.resolve("b")));
            assertEquals(
                    List.of("Back to the first", "second", "first"),
                    pool.log().stream().map(Revision::subject).toList());
            assertEquals(List.of("Back to the first", "second"), subjects(pool, "b"));
            assertEquals(List.of("first"), subjects(pool, "a"));
        }
    }

    @Test
    void nothingChangedIsNoRevision() {
        try (var pool = PoolRepository.create(folder)) {
            var first = commit(pool, "a", "one", "first");
            assertEquals(first.revision(), commit(pool, "a", "one", "again").revision());
            assertEquals(1, pool.log().size());
        }
    }

    @Test
    void aChangeIsWholeOrNotAtAll() {
        try (var pool = PoolRepository.create(folder)) {
            var first = commit(pool, "a", "one", "first");
            var half = Change.NONE.put("b", bytes("two")).remove("c");
            var refused = assertThrows(KarutaException.class, () -> pool.commit(half, ADA, NOON, "half"));
            assertTrue(refused.getMessage().contains("has no c"), refused.getMessage());
            assertEquals(first.revision(), pool.head().orElseThrow().revision());
            assertFalse(Files.exists(folder.resolve("b")));
        }
    }

    @Test
    void oneProcessWritesAtATime() {
        try (var pool = PoolRepository.create(folder)) {
            commit(pool, "a", "one", "first");
            assertTrue(assertThrows(KarutaException.class, () -> PoolRepository.open(folder))
                    .getMessage()
                    .contains("is being written to by"));
            try (var reader = PoolRepository.read(folder)) {
                assertEquals("one", text(reader.head().orElseThrow(), "a"));
                assertThrows(IllegalStateException.class, () -> commit(reader, "a", "two", "second"));
            }
        }
        PoolRepository.open(folder).close();
    }

    @Test
    void whatNobodyWroteIsNotReadAsAnything() throws IOException {
        assertTrue(assertThrows(KarutaException.class, () -> PoolRepository.read(folder))
                .getMessage()
                .contains("is not there"));
        Files.createDirectory(folder);
        assertTrue(assertThrows(KarutaException.class, () -> PoolRepository.read(folder))
                .getMessage()
                .contains("is no git repository"));
        Files.writeString(folder.resolve("letter"), "dear");
        assertThrows(KarutaException.class, () -> PoolRepository.create(folder));
    }

    @Test
    void aDamagedObjectIsTold() throws Exception {
        String id;
        try (var pool = PoolRepository.create(folder)) {
            var first = commit(pool, "a", "one", "first");
            id = first.contents().get("a").name();
        }
        var object = folder.resolve(".git/objects/" + id.substring(0, 2) + "/" + id.substring(2));
        Files.setPosixFilePermissions(object, PosixFilePermissions.fromString("rw-------"));
        var other = folder.resolve("two");
        Files.writeString(other, "two");
        var otherId = git("hash-object", "-w", "two").strip();
        Files.copy(
                folder.resolve(".git/objects/" + otherId.substring(0, 2) + "/" + otherId.substring(2)),
                object,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (var pool = PoolRepository.read(folder)) {
            var head = pool.head().orElseThrow();
            assertTrue(assertThrows(KarutaException.class, () -> head.read("a"))
                    .getMessage()
                    .contains("is damaged"));
        }
    }

    @Test
    void otherFilesOfTwoClonesMergeAndTheSameFileDoesNot() throws Exception {
        try (var pool = PoolRepository.create(folder)) {
            commit(pool, "cards/a", "one", "a");
        }
        var clone = place.resolve("clone.pool");
        run(place, "git", "clone", "-q", folder.toString(), clone.toString());
        try (var pool = PoolRepository.open(folder);
                var other = PoolRepository.open(clone)) {
            commit(pool, "cards/b", "two", "b");
            commit(other, "cards/c", "three", "c");
        }
        run(
                folder,
                "git",
                "-c",
                "user.name=Ada",
                "-c",
                "user.email=a@b",
                "pull",
                "-q",
                "--no-rebase",
                "--no-edit",
                clone.toString(),
                "main");
        try (var pool = PoolRepository.open(folder)) {
            var merged = pool.head().orElseThrow();
            assertEquals(Set.of("cards/a", "cards/b", "cards/c"), merged.paths());
            assertEquals(2, merged.revision().parents().size());
            assertEquals(4, pool.log().size());
        }
    }

    @Test
    void whatAKilledProcessHasLeftIsDone() throws Exception {
        try (var pool = PoolRepository.create(folder)) {
            commit(pool, "a", "one", "first");
            commit(pool, "a", "two", "second");
        }
        // as if it had been killed after HEAD had moved: the files are behind, locks are there
        Files.writeString(folder.resolve("a"), "one");
        leave("karuta-writes", "index.lock", "refs/heads/main.lock", "objects/noz17.tmp", "objects/incoming_17.idx");
        var ofUser = folder.resolve(".git/objects/pack/pack-1.keep");
        var ofFetch = folder.resolve(".git/objects/pack/pack-2.keep");
        Files.writeString(ofUser, "precious\n");
        Files.writeString(ofFetch, "jgit fetch file:/bob.pool\n");
        try (var pool = PoolRepository.open(folder)) {
            assertEquals("two", Files.readString(folder.resolve("a")));
            assertEquals(List.of(), left());
            assertTrue(Files.exists(ofUser) && !Files.exists(ofFetch));
            commit(pool, "a", "three", "third");
        }
        assertEquals("", git("status", "--porcelain"));
        assertEquals("", git("fsck", "--strict"));
    }

    @Test
    void whoCouldNotOpenAPoolDoesNotHaveIt() throws IOException {
        PoolRepository.create(folder).close();
        var settings = folder.resolve(".git/config");
        var right = Files.readString(settings);
        Files.writeString(settings, "[core\n");
        for (var time = 0; time < 2; time++) {
            var refused = assertThrows(KarutaException.class, () -> PoolRepository.open(folder));
            assertTrue(refused.getMessage().contains("cannot be opened"), refused.getMessage());
        }
        Files.writeString(settings, right);
        PoolRepository.open(folder).close();
    }

    /** A killed process that had announced nothing yet. */
    @Test
    void clearingUpRemovesWhatKilledProcessesHaveLeft() throws IOException {
        try (var pool = PoolRepository.create(folder)) {
            commit(pool, "a", "one", "first");
            leave("objects/noz17.tmp", "objects/insert_17.pack", "objects/pack/gc_17_tmp");
            pool.collectGarbage();
        }
        assertEquals(List.of(), left());
    }

    private void leave(String... drafts) throws IOException {
        for (var draft : drafts) {
            Files.writeString(folder.resolve(".git").resolve(draft), "");
        }
    }

    private List<String> left() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("(noz|incoming_|insert_|gc_)17.*|.+\\.lock"))
                    .toList();
        }
    }

    @Test
    void filesAreTheirOwnersAlone() throws Exception {
        try (var pool = PoolRepository.create(folder)) {
            var first = commit(pool, "cards/a", "one", "first");
            commit(pool, "cards/a", "two", "second");
            pool.restore(first, Set.of(), ADA, NOON, "Back to the first");
        }
        assertEquals(List.of(), openToOthers(folder));
        // what git makes is open until Karuta writes again
        run(folder, "git", "gc", "-q");
        var clone = place.resolve("clone.pool");
        run(place, "sh", "-c", "umask 022; git clone -q team.pool clone.pool");
        assertFalse(openToOthers(clone).isEmpty());
        for (var pool : List.of(folder, clone)) {
            PoolRepository.open(pool).close();
            assertEquals(List.of(), openToOthers(pool));
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(clone)));
        assertEquals("", git("fsck", "--strict"));
    }

    private static List<Path> openToOthers(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> {
                        try {
                            return karuta.files.Access.isOpenToOthers(file);
                        } catch (IOException unreadable) {
                            throw new java.io.UncheckedIOException(unreadable);
                        }
                    })
                    .toList();
        }
    }

    @Test
    void contentsAreBytes() {
        var bytes = new byte[70_000];
        new java.util.Random(7).nextBytes(bytes);
        try (var pool = PoolRepository.create(folder)) {
            var head = pool.commit(Change.NONE.put("b", bytes), ADA, NOON, "bytes");
            assertArrayEquals(bytes, head.read("b").orElseThrow());
        }
    }

    private static List<String> subjects(PoolRepository pool, String path) {
        return pool.log(path).stream().map(Revision::subject).toList();
    }

    private static Snapshot commit(PoolRepository pool, String path, String text, String message) {
        return pool.commit(Change.NONE.put(path, bytes(text)), ADA, NOON, message);
    }

    private static String text(Snapshot snapshot, String path) {
        return new String(snapshot.read(path).orElseThrow(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String git(String... words) throws Exception {
        var command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        return run(folder, command.toArray(String[]::new));
    }

    private static String run(Path place, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(place.toFile()).redirectErrorStream(true);
        builder.environment().put("TZ", "UTC");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
