package karuta.archive.pool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Revision;
import karuta.archive.git.Snapshot;
import org.eclipse.jgit.lib.ObjectId;

/**
 * How good a pool was after each revision, as far as somebody has measured it: what a card's record says when the card was
 * learned, what a message says ({@link ScoreLines}), and what was known of the same files before, where a revision went back to
 * them. Nobody knows it after a card was removed, renamed or taken from elsewhere.
 */
public final class Standing {

    /**
     * What is known of a revision.
     *
     * @param before scores of tasks in percent, just before it
     * @param after the same just after it
     */
    public record Scores(Map<String, Double> before, Map<String, Double> after) {

        /** Nothing known. */
        static final Scores UNKNOWN = new Scores(Map.of(), Map.of());

        /** Copies the maps. */
        public Scores {
            before = new TreeMap<>(before);
            after = new TreeMap<>(after);
        }
    }

    private final PoolRepository pool;
    private final Map<String, Scores> byRevision = new HashMap<>();
    private final Map<SortedMap<String, ObjectId>, Map<String, Double>> byFiles = new HashMap<>();

    private Standing(PoolRepository pool) {
        this.pool = pool;
    }

    /**
     * Looks through a history.
     *
     * @param revisions newest first, as {@link PoolRepository#log} gives them
     * @return what is known, by the revisions' ids
     */
    public static Map<String, Scores> of(PoolRepository pool, List<Revision> revisions) {
        var standing = new Standing(pool);
        for (var i = revisions.size() - 1; i >= 0; i--) {
            standing.add(revisions.get(i));
        }
        return standing.byRevision;
    }

    private void add(Revision revision) {
        var now = pool.at(revision.id());
        var parent = revision.parents().stream().findFirst();
        var earlier = parent.map(
                        id -> byRevision.getOrDefault(id, Scores.UNKNOWN).after())
                .orElse(Map.of());
        var scores = scores(revision, now, parent.map(pool::at), earlier);
        byRevision.put(revision.id(), scores);
        byFiles.putIfAbsent(now.contents(), scores.after());
    }

    private Scores scores(Revision revision, Snapshot now, Optional<Snapshot> parent, Map<String, Double> earlier) {
        var measured = ScoreLines.in(revision.message());
        if (!measured.after().isEmpty()) {
            return new Scores(measured.before(), measured.after());
        }
        if (byFiles.containsKey(now.contents())) {
            return new Scores(earlier, byFiles.get(now.contents()));
        }
        var files = new PoolFiles(now);
        var was = parent.map(PoolFiles::new);
        var earlierCards = was.map(PoolFiles::cards).orElse(List.of());
        var learned = revision.parents().size() > 1
                ? List.<CardRecord>of()
                : files.cards().stream()
                        .filter(card -> earlierCards.stream().noneMatch(old -> same(card, old)))
                        .toList();
        if (!learned.isEmpty()) {
            return new Scores(
                    learned.get(0).before(), learned.get(learned.size() - 1).after());
        }
        return new Scores(earlier, earlierCards.equals(files.cards()) ? earlier : Map.of());
    }

    /** Stored another way, or called by another name, it is the same card. */
    private static boolean same(CardRecord card, CardRecord old) {
        return card.sha256().equals(old.sha256())
                || card.task().equals(old.task()) && card.when().equals(old.when());
    }
}
