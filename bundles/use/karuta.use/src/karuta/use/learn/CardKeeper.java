package karuta.use.learn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import karuta.api.KarutaException;
import karuta.archive.age.Identity;
import karuta.archive.git.Change;
import karuta.archive.git.Committer;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Revision;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.PoolFiles;
import karuta.archive.pool.Source;
import karuta.archive.trust.Memory;
import karuta.archive.trust.PoolBeginning;
import karuta.files.FolderLock;
import karuta.files.Sha256;

/**
 * Makes the revision that keeps a card: of what the pool is then, which may be more than it was when learning began.
 *
 * @param folder of the pool
 * @param opening opens it to write
 * @param identities keys that open its cards
 * @param by who learned it
 * @param warn is told of what is odd
 */
public record CardKeeper(
        Path folder, Supplier<PoolRepository> opening, List<Identity> identities, Committer by, Consumer<String> warn) {

    /** Another process that writes is done in less. */
    private static final Duration WAIT = Duration.ofSeconds(30);

    /**
     * Keeps a card.
     *
     * @param replace whether a card of that name that was there when learning began makes room
     * @return the new revision
     * @throws KarutaException if the pool has changed so that the card does not fit any more, or cannot be written; then it is
     *     as it was
     */
    public Revision keep(Draft draft, boolean replace) {
        return draft.earlier().files().isPresent() ? into(draft, replace) : begin(draft);
    }

    /**
     * Tries whether a card could be kept, before it is learned: who has no right to, no key that signs, or cannot write there is
     * refused. The pool stays as it is.
     *
     * @throws KarutaException as {@link #keep}
     */
    public void rehearse(CardName card) {
        if (!Files.isDirectory(folder.resolve(".git"))) {
            requireWritable();
            return;
        }
        try (var pool = open()) {
            var files = PoolFiles.newest(pool, identities);
            var now = Instant.now();
            var nothing = new byte[0];
            var record = new CardRecord(
                    card.value(),
                    files.nextNumber(),
                    by.author().toString(),
                    now,
                    new Source("", "", 0, 0),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    new Sha256().add(nothing).hex());
            pool.rehearse(files.with(record, nothing), by, now, "Would learn " + card);
        }
    }

    /** The folder that a new pool comes to lie in, or the one that this is to be made in. */
    private void requireWritable() {
        var place = folder.toAbsolutePath().normalize().getParent();
        while (place != null && !Files.exists(place)) {
            place = place.getParent();
        }
        if (place == null || !Files.isDirectory(place) || !Files.isWritable(place)) {
            throw new KarutaException(
                    "The pool " + folder + " cannot be made: nothing can be written into " + place + ".",
                    "Name another place by --pool, or check who owns that one.");
        }
    }

    private Revision begin(Draft draft) {
        return new PoolBeginning(folder, Memory.ofUser()).make(pool -> {
            pool.commit(PoolFiles.begun(draft.manifest()), by, Instant.now(), "Begins a pool");
            return commit(pool, draft, new PoolFiles(pool.head().orElseThrow()));
        });
    }

    private Revision into(Draft draft, boolean replace) {
        try (var pool = open()) {
            var files = PoolFiles.newest(pool, identities);
            require(draft, files, replace);
            return commit(pool, draft, files);
        }
    }

    /** Waits for who writes at this moment. */
    private PoolRepository open() {
        var until = Instant.now().plus(WAIT);
        while (true) {
            try {
                return opening.get();
            } catch (KarutaException refused) {
                if (!isHeld() || Instant.now().isAfter(until)) {
                    throw refused;
                }
                pause(refused);
            }
        }
    }

    private boolean isHeld() {
        try {
            return FolderLock.isHeld(folder.resolve(".git"));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static void pause(KarutaException refused) {
        try {
            Thread.sleep(200);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw refused;
        }
    }

    private static void require(Draft draft, PoolFiles now, boolean replace) {
        var then = draft.earlier().files().orElseThrow();
        if (!now.manifest().equals(draft.manifest())) {
            throw changed("its models or its study are others", "Learn the card again.");
        }
        var card = card(now, draft);
        if (card.isPresent() && !(replace && card.equals(card(then, draft)))) {
            throw changed(
                    "it has a card \"" + draft.card() + "\" by " + card.get().author() + " now",
                    "Learn yours under another name, by --task.");
        }
        var state = now.state();
        if (!same(state, then.state()) && !same(state, Optional.of(draft.rest()))) {
            throw changed("what belongs to no card alone is other", "Learn the card again.");
        }
    }

    private static boolean same(Optional<byte[]> some, Optional<byte[]> others) {
        return Arrays.equals(some.orElseGet(() -> new byte[0]), others.orElseGet(() -> new byte[0]));
    }

    private static KarutaException changed(String how, String remedy) {
        return new KarutaException("The pool has been changed while the card was learned: " + how + ".", remedy);
    }

    private static Optional<CardRecord> card(PoolFiles files, Draft draft) {
        return files.cards().stream()
                .filter(card -> card.name().equals(draft.card()))
                .findFirst();
    }

    private Revision commit(PoolRepository pool, Draft draft, PoolFiles files) {
        var when = Instant.now();
        var head = files.snapshot().revision();
        if (when.isBefore(head.when())) {
            warn.accept("this machine's clock says " + when + ", and the pool's newest revision is of " + head.when()
                    + ": one of the two clocks is wrong");
        }
        var cards = files.cards();
        var known = draft.earlier().cards().stream().map(CardRecord::name).toList();
        cards.stream()
                .map(CardRecord::name)
                .filter(name -> !known.contains(name) && !name.equals(draft.card()))
                .forEach(name -> warn.accept("the card \"" + name
                        + "\" has come into the pool meanwhile: what both do to each other was not measured"));
        var record = draft.record(files.nextNumber(), by.author().toString(), when);
        var change = files.with(record, draft.tensors()).and(state(files, draft));
        return pool.commit(change, by, when, message(draft, record)).revision();
    }

    /** Encrypted, equal contents would look like a change. */
    private static Change state(PoolFiles files, Draft draft) {
        return same(files.state(), Optional.of(draft.rest())) ? Change.NONE : files.withState(draft.rest());
    }

    private static String message(Draft draft, CardRecord record) {
        var text = new StringBuilder(
                "Learns " + draft.card() + "\n\nFrom " + record.source().folder() + "\n");
        Scores.of(draft).lines().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
