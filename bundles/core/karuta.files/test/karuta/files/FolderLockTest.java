package karuta.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    Path folder;

    @Test
    void oneOfThisProcessHasAFolderAtATime() throws IOException {
        var first = FolderLock.tryLock(folder).orElseThrow();
        assertTrue(FolderLock.tryLock(folder).isEmpty());
        assertTrue(FolderLock.holder(folder)
                .orElseThrow()
                .startsWith("process " + ProcessHandle.current().pid()));
        first.close();
        assertEquals(Optional.empty(), FolderLock.holder(folder));
        FolderLock.tryLock(folder).orElseThrow().close();
    }

    @Test
    void anotherProcessHasItUntilItIsKilled() throws Exception {
        var other = LockHolder.start(folder);
        try {
            assertTrue(FolderLock.tryLock(folder).isEmpty());
            assertTrue(FolderLock.tryLock(folder).isEmpty(), "asking does not take it away");
            assertTrue(FolderLock.holder(folder).orElseThrow().startsWith("process " + other.pid() + " on host "));
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertTrue(FolderLock.holder(folder).isPresent(), "killed, it could not take back its words");
        FolderLock.tryLock(folder).orElseThrow().close();
    }

    @Test
    void askingWhetherAFolderIsHeldLeavesItAsItIs() throws Exception {
        assertFalse(FolderLock.isHeld(folder));
        assertFalse(FolderLock.isHeld(folder.resolve("none")));
        assertEquals(0, folder.toFile().list().length);
        try (var mine = FolderLock.tryLock(folder).orElseThrow()) {
            assertTrue(FolderLock.isHeld(folder));
            assertFalse(LockHolder.canTake(folder), "asking does not lose it");
        }
        assertFalse(FolderLock.isHeld(folder));
        var other = LockHolder.start(folder);
        assertTrue(FolderLock.isHeld(folder));
        other.destroyForcibly().waitFor();
        assertFalse(FolderLock.isHeld(folder));
        assertTrue(FolderLock.holder(folder).orElseThrow().startsWith("process " + other.pid()));
    }

    @Test
    void wordsOfAnotherHostCountUntilTheyAreSilentWhateverTheirAge() throws Exception {
        var words = Files.writeString(folder.resolve(".lock"), "process 1 on host elsewhere.example since unknown\n");
        assertTrue(FolderLock.tryLock(folder).isEmpty());
        for (var age : new long[] {-100_000, 400, 1_000_000}) { // clocks jump
            Files.setLastModifiedTime(words, FileTime.from(Instant.now().minusSeconds(age)));
            assertTrue(FolderLock.tryLock(folder).isEmpty());
            assertTrue(FolderLock.isHeld(folder));
        }
        assertFalse(LockHolder.triesUntilItHas(folder, 1, () -> {
            var now = Instant.now();
            Files.setLastModifiedTime(words, FileTime.from(now));
        }));
        assertTrue(LockHolder.triesUntilItHas(folder, 1, () -> {}));
    }

    /** As on a file system without locks: what one process has left is taken by one of the others, and by no two. */
    @Test
    void wordsAloneSufficeWhoeverIsKilled() throws Exception {
        var draws = new Random(1);
        var said = folder.resolve("said");
        var shared = Files.createDirectory(folder.resolve("shared"));
        var crowd = new ArrayList<Process>();
        for (var i = 0; i < 4; i++) {
            crowd.add(LockHolder.rushes(shared, said));
        }
        for (var kill = 0; kill < 12; kill++) {
            Thread.sleep(150 + draws.nextInt(300));
            var victim = inside(shared, crowd).orElse(crowd.get(draws.nextInt(crowd.size())));
            victim.destroyForcibly().waitFor();
            crowd.remove(victim);
            crowd.add(LockHolder.rushes(shared, said));
        }
        Thread.sleep(1000);
        for (var process : crowd) {
            process.destroyForcibly().waitFor();
        }
        var turns = Files.readString(said);
        assertFalse(turns.contains("two at once"), turns);
        assertTrue(turns.lines().count() > 50, turns);
        assertTrue(turns.contains("left"), "some were killed while they had it: " + turns);
    }

    /** Who has the folder just now, if that can be seen. */
    private static Optional<Process> inside(Path shared, List<Process> crowd) {
        try {
            var id = Files.readString(shared.resolve("inside"));
            return crowd.stream()
                    .filter(process -> Long.toString(process.pid()).equals(id))
                    .findFirst();
        } catch (IOException nobody) {
            return Optional.empty();
        }
    }

    @Test
    void aFolderThatIsNotThereIsTold() {
        assertThrows(IOException.class, () -> FolderLock.tryLock(folder.resolve("none")));
    }

    @Test
    void foldersOfKilledProcessesGoWithTheNextOne() throws Exception {
        var left = Files.createDirectory(folder.resolve("karuta-x-1"));
        Files.writeString(left.resolve("weights"), "many");
        var used = Files.createDirectory(folder.resolve("karuta-x-2"));
        var young = Files.createDirectory(folder.resolve("karuta-x-3"));
        var foreign = Files.createDirectory(folder.resolve("other-4"));
        var other = LockHolder.start(used);
        try {
            for (var old : new Path[] {left, used, foreign}) {
                Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(100)));
            }
            try (var mine = TemporaryFolder.in(folder, "karuta-x-")) {
                assertFalse(Files.exists(left));
                assertTrue(Files.exists(used) && Files.exists(young) && Files.exists(foreign));
                assertTrue(Files.isDirectory(mine.path()));
                left = mine.path();
            }
            assertFalse(Files.exists(left));
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void theWordsOfAnotherHostAreTakenBackByWhoKnows() throws Exception {
        var words = "process 7 on host elsewhere since 2026-11-27T12:00:00Z";
        Files.writeString(folder.resolve(".lock"), words + "\n");
        assertTrue(FolderLock.tryLock(folder).isEmpty());
        assertEquals(Optional.of(words), FolderLock.forget(folder));
        assertEquals(Optional.empty(), FolderLock.forget(folder));
        FolderLock.tryLock(folder).orElseThrow().close();
        var other = LockHolder.start(folder);
        try {
            assertEquals(Optional.empty(), FolderLock.forget(folder));
            assertTrue(FolderLock.tryLock(folder).isEmpty());
        } finally {
            other.destroyForcibly().waitFor();
        }
    }
}
