package karuta.archive.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clearing up removes, and what it does not. */
class GarbageTest {

    private static final Author ADA = new Author("Ada", "ada@example.org");

    @Test
    void noRevisionIsLostAndWhatNobodyNamesIsGone(@TempDir Path place) {
        var random = new Random(15);
        try (var pool = PoolRepository.create(place.resolve("p"))) {
            for (var i = 0; i < 20; i++) {
                pool.commit(Change.NONE.put("card" + i % 3, bytes(random)), ADA, Instant.EPOCH, "revision " + i);
            }
            var draft = pool.draft(Change.NONE.put("draft", bytes(random)));
            assertTrue(draft.read("draft").isPresent() && pool.log().size() == 20);
            var before = everything(pool);

            var garbage = pool.collectGarbage();
            assertTrue(garbage.after() < garbage.before(), garbage.toString());
            assertEquals(before, everything(pool));
            assertThrows(KarutaException.class, () -> draft.read("draft"));
        }
        try (var again = PoolRepository.read(place.resolve("p"))) {
            assertEquals(20, everything(again).size());
        }
    }

    private static byte[] bytes(Random random) {
        var bytes = new byte[20_000];
        random.nextBytes(bytes);
        return bytes;
    }

    private static TreeMap<String, Integer> everything(PoolRepository pool) {
        return pool.log().stream()
                .collect(Collectors.toMap(
                        Revision::id,
                        revision -> {
                            var snapshot = pool.at(revision.id());
                            return snapshot.paths().stream()
                                    .mapToInt(path -> java.util.Arrays.hashCode(
                                            snapshot.read(path).orElseThrow()))
                                    .sum();
                        },
                        (a, b) -> a,
                        TreeMap::new));
    }
}
