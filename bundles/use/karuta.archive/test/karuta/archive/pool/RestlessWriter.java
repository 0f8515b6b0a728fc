package karuta.archive.pool;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import karuta.archive.git.Author;
import karuta.archive.git.PoolRepository;
import karuta.files.Sha256;

/** A process that changes a pool without end: learns, goes back, removes. Somebody kills it. */
public final class RestlessWriter {

    private static final Author ADA = new Author("Ada", "ada@example.org");

    private RestlessWriter() {}

    public static void main(String[] folder) {
        try (var pool = PoolRepository.open(Path.of(folder[0]))) {
            System.out.println("begins"); // the test waits for it
            for (var i = pool.log().size(); ; i++) {
                var head = pool.head().orElseThrow();
                switch (i % 3) {
                    case 0 -> learn(pool, i, "even");
                    case 1 -> learn(pool, i, "odd");
                    default ->
                        pool.restore(
                                pool.at("HEAD~1"),
                                Set.of(),
                                ADA,
                                Instant.now(),
                                "back from " + head.revision().shortId());
                }
            }
        }
    }

    private static void learn(PoolRepository pool, int i, String name) {
        var tensors = new byte[20_000];
        Arrays.fill(tensors, (byte) i);
        var card = new CardRecord(
                name,
                i,
                ADA.toString(),
                Instant.now(),
                new Source("data", "00", 1, 1),
                Map.of(),
                Map.of(),
                Map.of(),
                new Sha256().add(tensors).hex());
        pool.commit(new PoolFiles(pool.head().orElseThrow()).with(card, tensors), ADA, Instant.now(), "learns " + name);
    }
}
