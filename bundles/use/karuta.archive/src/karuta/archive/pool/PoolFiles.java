package karuta.archive.pool;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.archive.git.Change;
import karuta.archive.git.Snapshot;
import karuta.files.Sha256;

/**
 * The files of a pool in one of its revisions.
 *
 * @param snapshot the revision
 */
public record PoolFiles(Snapshot snapshot) {

    private static final String MANIFEST = "pool.json";
    private static final String CARDS = "cards/";
    private static final String RECORD = ".json";
    private static final String TENSORS = ".safetensors";

    private static final Comparator<CardRecord> ORDER = Comparator.comparingInt(CardRecord::number)
            .thenComparing(CardRecord::when)
            .thenComparing(CardRecord::name);

    /** The change that makes an empty repository a pool. */
    public static Change begun(PoolManifest manifest) {
        return Change.NONE.put(MANIFEST, PoolJson.write(manifest));
    }

    /**
     * The change that puts a card into a pool, or another one in its place.
     *
     * @param tensors its safetensors file
     */
    public static Change with(CardRecord card, byte[] tensors) {
        return Change.NONE.put(record(card.name()), PoolJson.write(card)).put(tensors(card.name()), tensors);
    }

    /** The change that takes a card out of a pool. */
    public static Change without(CardName card) {
        return Change.NONE.remove(record(card)).remove(tensors(card));
    }

    /** The change that gives a card another name. */
    public Change renamed(CardName from, CardName to) {
        var card = card(from);
        if (snapshot.contents().containsKey(record(to))) {
            throw new KarutaException("The pool has a card \"" + to + "\" already.", "Choose another name.");
        }
        var renamed = new CardRecord(
                to.value(),
                card.number(),
                card.author(),
                card.when(),
                card.source(),
                card.options(),
                card.before(),
                card.after(),
                card.sha256());
        return without(from)
                .put(record(to), PoolJson.write(renamed))
                .put(tensors(to), snapshot.read(tensors(from)).orElseThrow());
    }

    private static String record(CardName card) {
        return CARDS + card.file() + RECORD;
    }

    private static String tensors(CardName card) {
        return CARDS + card.file() + TENSORS;
    }

    /**
     * What the pool was made with.
     *
     * @throws KarutaException if the repository is no pool, or one of another Karuta
     */
    public PoolManifest manifest() {
        var json = snapshot.read(MANIFEST)
                .orElseThrow(() -> new KarutaException(
                        "The git repository has no " + MANIFEST + ": it is no pool.",
                        "Name the folder of a pool, or make one with \"karuta learn\"."));
        var manifest = PoolJson.read(PoolManifest.class, MANIFEST, json);
        if (!manifest.karuta().equals(PoolManifest.FORM)) {
            throw new KarutaException(
                    "The pool has the form \"" + manifest.karuta() + "\", this Karuta knows \"" + PoolManifest.FORM
                            + "\".",
                    "Use the Karuta that wrote it.");
        }
        return manifest;
    }

    /** All cards, in their order. */
    public List<CardRecord> cards() {
        return snapshot.paths().stream()
                .filter(path -> path.startsWith(CARDS) && path.endsWith(RECORD))
                .map(path -> at(path).orElseThrow())
                .sorted(ORDER)
                .toList();
    }

    /**
     * A card.
     *
     * @throws KarutaException if the pool has none of that name
     */
    public CardRecord card(CardName name) {
        return at(record(name))
                .orElseThrow(() -> new KarutaException(
                        "The pool has no card \"" + name + "\".", "It has " + names(cards()) + "."));
    }

    private static String names(List<CardRecord> cards) {
        return cards.isEmpty()
                ? "none"
                : String.join(", ", cards.stream().map(CardRecord::task).toList());
    }

    private Optional<CardRecord> at(String path) {
        return snapshot.read(path).map(json -> {
            var card = PoolJson.read(CardRecord.class, path, json);
            if (!record(card.name()).equals(path)) {
                throw new KarutaException(
                        path + " says that it is the card \"" + card.task() + "\".",
                        "Rename cards with \"karuta pool rename\".");
            }
            return card;
        });
    }

    /**
     * A card's safetensors file.
     *
     * @throws KarutaException if it is missing, or not the one that its record speaks of
     */
    public byte[] tensors(CardRecord card) {
        var path = tensors(card.name());
        var bytes = snapshot.read(path)
                .orElseThrow(() -> new KarutaException(
                        "The card \"" + card.task() + "\" has no " + path + ".",
                        "\"karuta pool rollback\" goes back to a revision from before."));
        var found = new Sha256().add(bytes).hex();
        if (!found.equals(card.sha256())) {
            throw new KarutaException(
                    path + " has the SHA-256 " + found + ", and its record says " + card.sha256()
                            + ": one of them has been changed without the other.",
                    "\"karuta pool rollback\" goes back to a revision from before.");
        }
        return bytes;
    }

    /**
     * Reads everything.
     *
     * @throws KarutaException for the first thing that is not as it should be
     */
    public void verify() {
        manifest();
        cards().forEach(this::tensors);
        snapshot.paths().stream()
                .filter(path -> path.startsWith(CARDS) && path.endsWith(TENSORS))
                .map(path -> path.substring(CARDS.length(), path.length() - TENSORS.length()))
                .map(CardName::ofFile)
                .forEach(this::card);
    }
}
