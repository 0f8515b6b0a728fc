package karuta.archive.pool;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.archive.age.AgeFile;
import karuta.archive.age.Identity;
import karuta.archive.age.Recipient;
import karuta.archive.git.Change;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Snapshot;
import karuta.files.Sha256;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The files of a pool in one of its revisions. Where there is a {@code recipients.txt}, cards are encrypted to these; records
 * and manifest are not, so that git and people can work with the pool.
 *
 * @param snapshot the revision
 * @param identities keys that open encrypted cards
 */
public record PoolFiles(Snapshot snapshot, List<Identity> identities) {

    private static final String MANIFEST = "pool.json";
    private static final String CARDS = "cards/";
    private static final String RECORD = ".json";
    private static final String TENSORS = ".safetensors";
    private static final String CLOSED = TENSORS + ".age";
    private static final String STATE = "state";
    private static final String RECIPIENTS = "recipients.txt";

    /** No clock counts: two cards have one number where two people learned at a time, and then none of them came first. */
    private static final Comparator<CardRecord> ORDER =
            Comparator.comparingInt(CardRecord::number).thenComparing(CardRecord::name);

    /** Copies the list. */
    public PoolFiles {
        identities = List.copyOf(identities);
    }

    /** Of a pool whose cards are not encrypted, or need not be opened. */
    public PoolFiles(Snapshot snapshot) {
        this(snapshot, List.of());
    }

    /**
     * The newest revision.
     *
     * @param identities keys that open its cards
     * @throws KarutaException if there is none
     */
    public static PoolFiles newest(PoolRepository pool, List<Identity> identities) {
        var head = pool.head()
                .orElseThrow(() -> new KarutaException(
                        pool.folder() + " is an empty git repository.",
                        "Name the folder of a pool, or a new one for \"karuta learn\" to make."));
        return new PoolFiles(head, identities);
    }

    /**
     * Looks whether a repository is a pool, or has been one.
     *
     * @throws KarutaException if no revision of it has ever been one
     */
    public static void require(PoolRepository repository) {
        if (repository.log(MANIFEST).isEmpty()) {
            newest(repository, List.of()).manifest();
        }
    }

    /** The change that makes an empty repository a pool. */
    public static Change begun(PoolManifest manifest) {
        return Change.NONE.put(MANIFEST, PoolJson.write(manifest));
    }

    /**
     * The change that puts a card into the pool, or another one in its place.
     *
     * @param tensors its safetensors file
     */
    public Change with(CardRecord card, byte[] tensors) {
        return put(card, tensors, recipients());
    }

    /**
     * The change of what belongs to no card alone.
     *
     * @param state a safetensors file, see {@link CardStates#rest}
     */
    public Change withState(byte[] state) {
        return put(STATE, state, recipients());
    }

    /** The change of what the pool was made with, or of what happens where the encoder is another one. */
    public Change with(PoolManifest manifest) {
        return Change.NONE.put(MANIFEST, PoolJson.write(manifest));
    }

    private Change put(CardRecord card, byte[] tensors, List<Recipient> recipients) {
        return put(CARDS + card.name().file(), tensors, recipients).put(record(card.name()), PoolJson.write(card));
    }

    private Change put(String name, byte[] tensors, List<Recipient> recipients) {
        return recipients.isEmpty()
                ? dropped(name + CLOSED, Change.NONE).put(name + TENSORS, tensors)
                : dropped(name + TENSORS, Change.NONE).put(name + CLOSED, AgeFile.close(tensors, recipients));
    }

    private Change dropped(String path, Change change) {
        return snapshot.contents().containsKey(path) ? change.remove(path) : change;
    }

    /** The change that takes a card out of the pool. */
    public Change without(CardName card) {
        card(card);
        var change = Change.NONE.remove(record(card));
        return dropped(file(card, TENSORS), dropped(file(card, CLOSED), change));
    }

    /** The change that gives a card another name. An encrypted one stays as it is, byte for byte. */
    public Change renamed(CardName from, CardName to) {
        var card = card(from);
        if (snapshot.contents().containsKey(record(to))) {
            throw new KarutaException("The pool has a card \"" + to + "\" already.", "Choose another name.");
        }
        var change = without(from).put(record(to), PoolJson.write(card.named(to)));
        for (var ending : List.of(TENSORS, CLOSED)) {
            change = snapshot.read(file(from, ending))
                    .map(moves(change, file(to, ending)))
                    .orElse(change);
        }
        return change;
    }

    private static Function<byte[], Change> moves(Change change, String path) {
        return bytes -> change.put(path, bytes);
    }

    /**
     * The change that encrypts all cards to these recipients; to nobody: that decrypts them. Older revisions stay as they
     * are.
     *
     * @throws KarutaException if a card cannot be opened
     */
    public Change protectedFor(List<Recipient> recipients) {
        var change = recipients.isEmpty()
                ? dropped(RECIPIENTS, Change.NONE)
                : Change.NONE.put(RECIPIENTS, Recipient.file(recipients));
        for (var card : cards()) {
            change = change.and(put(card, tensors(card), recipients));
        }
        var state = state();
        return state.isPresent() ? change.and(put(STATE, state.get(), recipients)) : change;
    }

    /** Who can open the cards; nobody where they are not encrypted. */
    public List<Recipient> recipients() {
        return snapshot.read(RECIPIENTS).map(Recipient::list).orElse(List.of());
    }

    /** The cards that some of a pool's files belong to. */
    public static List<CardName> cards(List<String> paths) {
        return paths.stream()
                .filter(path -> path.startsWith(CARDS) && path.contains("."))
                .map(path -> path.substring(CARDS.length(), path.indexOf('.')))
                .distinct()
                .map(CardName::ofFile)
                .toList();
    }

    private static String record(CardName card) {
        return file(card, RECORD);
    }

    private static String file(CardName card, String ending) {
        return CARDS + card.file() + ending;
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

    /** A pool without files: what its changes put is not encrypted. */
    public PoolFiles inTheClear() {
        return new PoolFiles(snapshot.without());
    }

    /** The files of a card, by path, with their contents' ids. */
    Map<String, ObjectId> parts(CardName card) {
        return Stream.of(RECORD, TENSORS, CLOSED)
                .map(ending -> file(card, ending))
                .filter(snapshot.contents()::containsKey)
                .collect(Collectors.toMap(path -> path, snapshot.contents()::get));
    }

    /** Whether a file holds what belongs to no card alone. */
    boolean isState(String path) {
        return path.equals(STATE + TENSORS) || path.equals(STATE + CLOSED);
    }

    /** The number of the next card: no card of the pool has it, or a higher one. */
    public int nextNumber() {
        return cards().stream().mapToInt(CardRecord::number).max().orElse(-1) + 1;
    }

    /**
     * A card.
     *
     * @throws KarutaException if the pool has none of that name
     */
    public CardRecord card(CardName name) {
        return find(name)
                .orElseThrow(() -> new KarutaException(
                        "The pool has no card \"" + name + "\".", "It has " + names(cards()) + "."));
    }

    /** A card, if the pool has it. */
    public Optional<CardRecord> find(CardName name) {
        return at(record(name));
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
        var path = file(card.name(), TENSORS);
        var bytes = opened(CARDS + card.name().file())
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

    /** What belongs to no card alone; empty in a pool without cards. */
    public Optional<byte[]> state() {
        return opened(STATE);
    }

    private Optional<byte[]> opened(String name) {
        var closed = name + CLOSED;
        return snapshot.read(name + TENSORS)
                .or(() -> snapshot.read(closed).map(content -> AgeFile.open(closed, content, identities)));
    }

    /**
     * Reads everything.
     *
     * @throws KarutaException for the first thing that is not as it should be
     */
    public void verify() {
        manifest();
        var encrypted = !recipients().isEmpty();
        for (var card : cards()) {
            tensors(card);
            if (encrypted && snapshot.contents().containsKey(file(card.name(), TENSORS))) {
                throw new KarutaException(
                        "The card \"" + card.task() + "\" is not encrypted, and the pool's cards should be.",
                        "Encrypt it with \"karuta pool protect\".");
            }
        }
        for (var ending : List.of(TENSORS, CLOSED)) {
            snapshot.paths().stream()
                    .filter(path -> path.startsWith(CARDS) && path.endsWith(ending))
                    .map(path -> path.substring(CARDS.length(), path.length() - ending.length()))
                    .map(CardName::ofFile)
                    .forEach(this::card);
        }
    }
}
