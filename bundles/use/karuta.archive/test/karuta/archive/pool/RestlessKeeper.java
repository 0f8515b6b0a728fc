package karuta.archive.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import karuta.archive.git.PoolRepository;

/**
 * A process that looks after a pool without end: rewrites all cards together with the manifest, as compressing and realigning do, goes
 * back, takes in what somebody else has learned, and clears up. Somebody kills it.
 */
public final class RestlessKeeper {

    private static final String STAMP = "stamp";

    private RestlessKeeper() {}

    public static void main(String[] folder) {
        var place = Path.of(folder[0]);
        try (var pool = PoolRepository.open(place);
                var other = PoolRepository.open(place.resolveSibling("other.pool"))) {
            System.out.println("begins"); // the test waits for it
            for (var i = pool.log().size(); ; i++) {
                switch (i % 4) {
                    case 0 -> rewrite(pool, "round " + i);
                    case 1 -> merge(pool, other, place, i);
                    case 2 -> pool.restore(pool.at("HEAD~1"), Set.of(), Pools.ADA, Instant.now(), "back " + i);
                    default -> {
                        Pools.learn(pool, "own " + i % 3, "own " + i);
                        pool.collectGarbage();
                    }
                }
            }
        }
    }

    private static void rewrite(PoolRepository pool, String stamp) {
        var files = Pools.files(pool);
        var manifest = files.manifest();
        var change = files.with(manifest.with(manifest.encoder(), stamp));
        for (var card : files.cards()) {
            var tensors = (card.task() + stamp).repeat(2000).getBytes(StandardCharsets.UTF_8);
            change = change.and(files.with(card.rewritten(STAMP, stamp, tensors), tensors));
        }
        pool.commit(change, Pools.ADA, Instant.now(), stamp);
    }

    private static void merge(PoolRepository pool, PoolRepository other, Path place, int i) {
        Pools.learn(other, List.of("left", "right").get(i / 4 % 2), "other " + i, Pools.BOB, Instant.now());
        var theirs = pool.fetch(place.resolveSibling("other.pool"));
        var ours = pool.head().orElseThrow();
        var merge = new PoolMerge(
                new PoolFiles(pool.lineage().bases(ours, theirs).get(0)), new PoolFiles(ours), new PoolFiles(theirs));
        var taken = new HashMap<CardName, Side>();
        merge.conflicts().forEach(conflict -> taken.put(conflict.card(), Side.THEIRS));
        pool.merge(merge.change(taken), theirs, Pools.ADA, Instant.now(), "merges " + i);
    }

    /** A rewriting is there whole or not at all: of cards that it has written, none is of another one than the manifest. */
    static void check(PoolFiles files, String where) {
        var study = files.manifest().study();
        files.cards().stream()
                .map(card -> card.options().get(STAMP))
                .filter(stamp -> stamp != null)
                .forEach(stamp -> assertEquals(study, stamp, where));
    }
}
