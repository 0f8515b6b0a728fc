package karuta.archive.trust;

import static karuta.archive.pool.Pools.MANIFEST;
import static karuta.archive.pool.Pools.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.api.KarutaException;
import karuta.archive.git.Author;
import karuta.archive.git.PoolRepository;
import karuta.archive.pool.PoolFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolBeginningTest {

    private static final Author ADA = new Author("Ada", "ada@example.org");

    @TempDir
    private Path place;

    private Path folder;
    private PoolBeginning beginning;

    @BeforeEach
    void name() {
        folder = place.resolve("in/team.pool");
        beginning = new PoolBeginning(folder, new Memory(place.resolve("memory")));
    }

    private String begin(PoolRepository pool) {
        return pool.commit(PoolFiles.begun(MANIFEST), ADA, NOON, "Begins a pool")
                .revision()
                .id();
    }

    private List<Path> beside() throws IOException {
        try (var files = Files.list(folder.getParent())) {
            return files.toList();
        }
    }

    @Test
    void nobodySeesAPoolThatIsNotWhole() throws IOException {
        var made = beginning.make(pool -> {
            assertFalse(Files.exists(folder), "while it is made");
            return begin(pool);
        });
        try (var pool = PoolRepository.read(folder)) {
            assertEquals(made, pool.head().orElseThrow().revision().id());
        }
        assertEquals(List.of(folder), beside());
    }

    @Test
    void whatFailsLeavesNothing() throws IOException {
        assertThrows(
                IllegalStateException.class,
                () -> beginning.make(pool -> {
                    begin(pool);
                    throw new IllegalStateException("too late");
                }));
        assertEquals(List.of(), beside());
    }

    @Test
    void anEmptyFolderIsTakenAndAFullOneIsNot() throws IOException {
        Files.createDirectories(folder);
        beginning.make(this::begin);
        var refused = assertThrows(KarutaException.class, () -> beginning.make(this::begin));
        assertTrue(refused.getMessage().contains("is there already and not empty"), refused.getMessage());
    }
}
