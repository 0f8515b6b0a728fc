package karuta.archive.trust;

import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.archive.git.Author;
import karuta.archive.git.Snapshot;
import karuta.archive.pool.CardName;
import karuta.archive.pool.PoolFiles;

/**
 * What belongs to an author: the cards whose records name that address.
 *
 * @param before the pool as it was
 * @param after as it is to be
 * @param author who changes it
 */
record Property(Snapshot before, Snapshot after, Author author) {

    private static final String CARDS = "cards/";

    /** Learning a card changes what belongs to no card alone. */
    private static final String STATE = "state.safetensors";

    /** Why the author may not change a file; empty if that is allowed. */
    Optional<String> objection(String path) {
        if (path.equals(STATE) || path.equals(STATE + ".age")) {
            return Optional.empty();
        }
        if (!path.startsWith(CARDS)) {
            return Optional.of("only an owner may change " + path);
        }
        var card = PoolFiles.cards(List.of(path)).stream().findAny();
        if (card.isEmpty()) {
            return Optional.of(path + " belongs to no card");
        }
        var old = owner(before, card.get());
        var now = owner(after, card.get());
        if (old.isEmpty() && now.isEmpty()) {
            return Optional.of(path + " belongs to no card");
        }
        return old.or(() -> now)
                .filter(this::another)
                .or(() -> now.filter(this::another))
                .map(owner -> path + " is of the card \"" + card.get() + "\", which is " + owner + "'s");
    }

    private boolean another(String owner) {
        try {
            return !Author.parse(owner).mail().equals(author.mail());
        } catch (KarutaException nobody) {
            return true;
        }
    }

    private static Optional<String> owner(Snapshot snapshot, CardName card) {
        return new PoolFiles(snapshot).find(card).map(record -> record.author());
    }
}
