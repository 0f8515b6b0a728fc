package karuta.archive.pool;

import static karuta.archive.pool.Pools.ADA;
import static karuta.archive.pool.Pools.BOB;
import static karuta.archive.pool.Pools.NOON;
import static karuta.archive.pool.Pools.bytes;
import static karuta.archive.pool.Pools.files;
import static karuta.archive.pool.Pools.git;
import static karuta.archive.pool.Pools.learn;
import static karuta.archive.pool.Pools.tasks;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Snapshot;
import karuta.safetensors.SealedStates;
import karuta.tensor.Tensors;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two people who work on copies of a pool. */
class PoolMergeTest {

    @TempDir
    private Path place;

    private PoolRepository ours;
    private PoolRepository theirs;

    @BeforeEach
    void part() throws Exception {
        ours = Pools.begun(place.resolve("ours"));
        learn(ours, "invoices", "i");
        git(place, "clone", "-q", "ours", "theirs");
        theirs = PoolRepository.open(place.resolve("theirs"));
    }

    @AfterEach
    void close() {
        ours.close();
        theirs.close();
    }

    @Test
    void differentCardsOfTwoPeopleAreBothThere() throws Exception {
        learn(ours, "plants", "p");
        learn(theirs, "machines", "m", BOB, NOON);
        var merged = merge(Map.of());
        assertEquals(List.of("invoices", "machines", "plants"), tasks(ours));
        files(ours).verify();
        assertEquals(2, merged.revision().parents().size());
        assertEquals("", git(place.resolve("ours"), "fsck", "--strict"));
        assertEquals("", git(place.resolve("ours"), "status", "--porcelain"));
    }

    @Test
    void gitMergesDifferentCardsToTheSameFiles() throws Exception {
        learn(ours, "plants", "p");
        learn(theirs, "machines", "m", BOB, NOON);
        git(place, "clone", "-q", "ours", "by-git");
        var said = git(place.resolve("by-git"), "pull", "-q", "--no-rebase", "--no-edit", "../theirs", "main");
        assertEquals("", said);
        try (var byGit = PoolRepository.read(place.resolve("by-git"))) {
            files(byGit).verify();
            assertEquals(merge(Map.of()).contents(), byGit.head().orElseThrow().contents());
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void theSameCardTwiceIsAConflictThatSomebodyDecides(Side side) {
        learn(ours, "plants", "mine");
        learn(theirs, "plants", "yours", BOB, NOON.plusSeconds(60));
        var merge = merging(theirs());
        var conflict = merge.conflicts().get(0);
        assertEquals(List.of("plants"), names(merge));
        assertEquals(Optional.empty(), conflict.base());
        assertEquals(
                List.of(ADA.toString(), BOB.toString()),
                List.of(
                        conflict.ours().orElseThrow().author(),
                        conflict.theirs().orElseThrow().author()));

        merge(Map.of(conflict.card(), side));
        assertArrayEquals(bytes(side == Side.OURS ? "mine" : "yours"), tensors("plants"));
        files(ours).verify();
    }

    @Test
    void aCardIsOfOneLineWhole() {
        learn(ours, "invoices", "better"); // relearned
        theirs.commit(files(theirs).without(new CardName("invoices")), BOB, NOON, "Removes invoices");
        var conflict = merging(theirs()).conflicts().get(0);
        assertTrue(conflict.base().isPresent()
                && conflict.ours().isPresent()
                && conflict.theirs().isEmpty());
        merge(Map.of(conflict.card(), Side.THEIRS));
        assertEquals(List.of(), tasks(ours));
    }

    @Test
    void theSameInBothIsNoConflict() {
        learn(ours, "plants", "p");
        learn(theirs, "plants", "p");
        assertEquals(List.of(), merging(theirs()).conflicts());
        merge(Map.of());
        assertEquals(List.of("invoices", "plants"), tasks(ours));
    }

    @Test
    void whatOneHasRemovedStaysRemoved() {
        theirs.commit(files(theirs).without(new CardName("invoices")), BOB, NOON, "Removes invoices");
        learn(ours, "plants", "p");
        merge(Map.of());
        assertEquals(List.of("plants"), tasks(ours));
    }

    @Test
    void cardsForAnotherEncoderAreRefused() {
        var other = files(theirs).manifest();
        var realigned = new PoolManifest(
                other.karuta(),
                other.contracts(),
                other.backbone(),
                new Pinned("clip", "ef56"),
                other.policy(),
                other.study());
        theirs.commit(files(theirs).with(realigned), BOB, NOON, "Realigns");
        var refusal = assertThrows(KarutaException.class, () -> merge(Map.of()));
        assertTrue(refusal.getMessage().contains("\"clip\" of ef56"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("Realign"), refusal.getMessage());
    }

    @Test
    void whatBelongsToNoCardIsMergedArrayByArray() {
        TorchEngine.start();
        var base = state(1, 1, "10");
        var mine = state(2, 1, "20");
        assertArrayEquals(state(2, 3, "20"), new RestMerge(Optional.of(base), mine, state(1, 3, "30")).merged());
        var both = assertThrows(
                KarutaException.class, () -> new RestMerge(Optional.of(base), mine, state(3, 1, "10")).merged());
        assertTrue(both.getMessage().contains("\"image\" of the selector"), both.getMessage());
    }

    /** A selector that has learned two numbers; a pool's word on how much the last stage trained is no conflict. */
    private static byte[] state(float image, float text, String trained) {
        try (var manager = NDManager.newBaseManager()) {
            var selector =
                    new State(Map.of("image", Tensors.of(manager, image), "text", Tensors.of(manager, text)), Map.of());
            return SealedStates.bytes(
                    Map.of("selector", selector, "pool", new State(Map.of(), Map.of("trained", trained))));
        }
    }

    private Snapshot theirs() {
        return ours.fetch(place.resolve("theirs"));
    }

    private PoolMerge merging(Snapshot other) {
        var base = ours.lineage().bases(ours.head().orElseThrow(), other).get(0);
        return new PoolMerge(new PoolFiles(base), files(ours), new PoolFiles(other));
    }

    private Snapshot merge(Map<CardName, Side> taken) {
        var other = theirs();
        return ours.merge(merging(other).change(taken), other, ADA, NOON, "Merges theirs");
    }

    private static List<String> names(PoolMerge merge) {
        return merge.conflicts().stream()
                .map(conflict -> conflict.card().value())
                .toList();
    }

    private byte[] tensors(String card) {
        return files(ours).tensors(files(ours).card(new CardName(card)));
    }
}
