package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import karuta.archive.git.Author;
import karuta.archive.git.Change;
import karuta.archive.git.PoolRepository;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Git repositories that are no pools. */
class NoPoolTest {

    private static final String ADA = "Ada<ada@example.org>";
    private static final String BY = " --author " + ADA;

    @TempDir
    private Path place;

    private final Console console = new Console();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pool log",
                "pool show",
                "pool verify",
                "pool diff HEAD HEAD",
                "pool gc",
                "pool export there",
                "pool rollback HEAD" + BY,
                "pool remove a" + BY,
                "pool rename a b" + BY,
                "pool policy warn" + BY,
                "pool merge other" + BY,
                "pool roles",
                "pool compress --bits 16" + BY,
                "ask What?"
            })
    void areRefusedAsSuch(String command) {
        var empty = place.resolve("empty");
        PoolRepository.create(empty).close();
        refused("is an empty git repository", command, empty);
        var other = place.resolve("other");
        try (var repository = PoolRepository.create(other)) {
            var change = Change.NONE.put("README", "no pool".getBytes(StandardCharsets.UTF_8));
            repository.commit(change, Author.parse(ADA), Instant.EPOCH, "begins");
        }
        refused("has no pool.json: it is no pool", command, other);
    }

    private void refused(String words, String command, Path folder) {
        console.clear();
        var said = (command + " --pool " + folder).split(" ");
        assertEquals(2, console.karuta(said), console.out());
        assertTrue(console.err().contains(words), command + ": " + console.err());
    }
}
