package karuta.archive.pool;

import static karuta.archive.pool.Pools.ADA;
import static karuta.archive.pool.Pools.NOON;
import static karuta.archive.pool.Pools.commit;
import static karuta.archive.pool.Pools.files;
import static karuta.archive.pool.Pools.learn;
import static karuta.archive.pool.Pools.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Revision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How good a pool was, revision for revision. */
class StandingTest {

    private PoolRepository pool;

    @BeforeEach
    void begin(@TempDir Path place) {
        pool = Pools.begun(place.resolve("p"));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aLearnedCardSaysIt() {
        learn(pool, "plants", "p");
        expect(Map.of("plants", 12.5), Map.of("plants", 97.5));
    }

    @Test
    void aRemovedCardLeavesItUnknownAndRollingBackBringsItBack() {
        learn(pool, "plants", "p");
        commit(pool, files(pool).without(new CardName("plants")), "Removes plants");
        expect(Map.of("plants", 97.5), Map.of());
        pool.restore(pool.at("HEAD~1"), Set.of(), ADA, NOON, "Goes back");
        expect(Map.of(), Map.of("plants", 97.5));
    }

    @Test
    void anotherNameIsNotLearned() {
        learn(pool, "plants", "p");
        commit(pool, files(pool).renamed(new CardName("plants"), new CardName("trees")), "Renames plants to trees");
        expect(Map.of("plants", 97.5), Map.of());
    }

    @Test
    void whatWasMeasuredStandsInTheMessage() {
        learn(pool, "plants", "p");
        var lines = new ScoreLines(Map.of("plants", 97.5, "a: b", 1.0), Map.of("plants", 95.0, "a: b", 2.0));
        commit(pool, files(pool).with(files(pool).manifest()).put("note", new byte[1]), lines.under("Compresses"));
        assertEquals("Compresses", pool.log().get(0).subject());
        expect(lines.before(), lines.after());
    }

    @Test
    void whatChangesNoCardChangesNoScore() {
        learn(pool, "plants", "p");
        commit(pool, files(pool).withState(new byte[1]), "Touches the rest");
        expect(Map.of("plants", 97.5), Map.of("plants", 97.5));
    }

    @Test
    void aClockThatWasSetBackChangesNoOrder() {
        learn(pool, "plants", "p");
        learn(pool, "machines", "m", ADA, NOON.minus(Duration.ofDays(400)));
        commit(pool, files(pool).without(new CardName("plants")), "Removes plants");
        learn(pool, "apples", "a", ADA, NOON.minus(Duration.ofDays(800)));
        assertEquals(List.of("machines", "apples"), tasks(pool));
        assertEquals(
                List.of("Learns apples", "Removes plants", "Learns machines", "Learns plants", "Begins a pool"),
                pool.log().stream().map(Revision::subject).toList());
    }

    private void expect(Map<String, Double> before, Map<String, Double> after) {
        var revisions = pool.log();
        var newest = Standing.of(pool, revisions).get(revisions.get(0).id());
        assertEquals(new Standing.Scores(before, after), newest);
    }
}
