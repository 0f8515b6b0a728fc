package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.archive.git.PoolRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a pool, and whether it can be taken back. Nobody can be asked. */
class PoolUnlockCommandTest {

    @TempDir
    private Path place;

    private final Console console = new Console();
    private Path pool = Path.of("");
    private String words = "";

    @BeforeEach
    void make() throws IOException {
        pool = place.resolve("team.pool");
        try (var repository = PoolRepository.create(pool)) {
            words = Files.readString(pool.resolve(".git/.lock"));
            assertTrue(words.contains(" on host "), words);
            assertEquals(2, unlock(), "this process has it");
            assertTrue(console.err().contains("runs on this host"), console.err());
            assertEquals(2, unlock("--yes"));
        }
    }

    private int unlock(String... options) {
        console.clear();
        var command = new String[options.length + 4];
        System.arraycopy(new String[] {"pool", "unlock", "--pool", pool.toString()}, 0, command, 0, 4);
        System.arraycopy(options, 0, command, 4, options.length);
        return console.karuta(command);
    }

    private void say(String who) throws IOException {
        Files.writeString(pool.resolve(".git/.lock"), who);
    }

    @Test
    void aPoolThatNobodyHasNeedsNoUnlocking() {
        assertEquals(0, unlock());
        assertTrue(console.out().contains("nobody has"), console.out());
    }

    @Test
    void aProcessOfThisHostThatHasEndedHasNothing() throws IOException {
        say(words.replaceFirst("process \\d+", "process 999999999"));
        assertEquals(0, unlock());
        assertTrue(console.out().contains("has ended"), console.out());
    }

    @Test
    void aProcessOfAnotherHostIsAskedAfter() throws IOException {
        say(words.replaceFirst("on host \\S+", "on host of.another.lab"));
        assertEquals(2, unlock());
        assertTrue(console.err().contains("Nobody can be asked whether"), console.err());
        assertEquals(0, unlock("--yes"));
        assertTrue(console.out().contains("can be changed again"), console.out());
        assertEquals("", Files.readString(pool.resolve(".git/.lock")));
    }
}
