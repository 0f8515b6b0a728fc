package karuta.archive.pool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.archive.git.Change;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Puts two lines of a pool's history together. A card is what cannot be torn: its numbers and its record are both of one line.
 * What one line has changed since they parted is taken; a card that both have changed, each in its way, is a conflict.
 *
 * @param base where they parted
 * @param ours the pool
 * @param theirs the other line
 */
public record PoolMerge(PoolFiles base, PoolFiles ours, PoolFiles theirs) {

    /**
     * Looks whether the two can be put together at all.
     *
     * @throws KarutaException if their cards are for different models, or encrypted to different people
     */
    public PoolMerge {
        samePins(ours.manifest(), theirs.manifest());
        if (!ours.recipients().equals(theirs.recipients())) {
            throw new KarutaException(
                    "The cards of the two are encrypted to different people.",
                    "Run \"karuta pool protect\" with the same list in both, then merge.");
        }
    }

    static void samePins(PoolManifest ours, PoolManifest theirs) {
        same("backbone", ours.backbone(), theirs.backbone());
        same("encoder", ours.encoder(), theirs.encoder());
    }

    private static void same(String what, Pinned ours, Pinned theirs) {
        if (!ours.equals(theirs)) {
            throw new KarutaException(
                    "This pool's cards are for the " + what + " \"" + ours.id() + "\" of fingerprint "
                            + ours.fingerprint() + ", and the other's for \"" + theirs.id() + "\" of "
                            + theirs.fingerprint() + ".",
                    what.equals("encoder")
                            ? "Realign one of them first: \"karuta pool realign\"."
                            : "Cards of different backbones cannot be in one pool.");
        }
    }

    /** The cards of which somebody has to say whose counts. */
    public List<MergeConflict> conflicts() {
        return names().filter(this::conflicting)
                .map(card -> new MergeConflict(card, base.find(card), ours.find(card), theirs.find(card)))
                .toList();
    }

    private Stream<CardName> names() {
        return Stream.of(base, ours, theirs)
                .flatMap(files -> files.cards().stream())
                .map(CardRecord::name)
                .distinct()
                .sorted();
    }

    private boolean conflicting(CardName card) {
        var was = base.parts(card);
        var own = ours.parts(card);
        var other = theirs.parts(card);
        return !own.equals(was) && !other.equals(was) && !own.equals(other);
    }

    /**
     * The change of this pool that takes the other line in.
     *
     * @param taken whose card counts, for those in conflict
     * @throws KarutaException if something else was changed by both
     */
    public Change change(Map<CardName, Side> taken) {
        var change = Change.NONE;
        var names = names().toList();
        for (var card : names) {
            var theirsCounts = conflicting(card)
                    ? taken.get(card) == Side.THEIRS
                    : !theirs.parts(card).equals(base.parts(card));
            if (theirsCounts) {
                change = replaced(change, ours.parts(card), theirs.parts(card));
            }
        }
        var ofCards = names.stream()
                .flatMap(card -> Stream.of(base, ours, theirs).flatMap(files -> files.parts(card).keySet().stream()))
                .collect(Collectors.toSet());
        for (var path : others(ofCards)) {
            change = change.and(other(path));
        }
        return change;
    }

    private Change replaced(Change change, Map<String, ObjectId> mine, Map<String, ObjectId> yours) {
        var all = change;
        for (var path : mine.keySet()) {
            all = yours.containsKey(path) ? all : all.remove(path);
        }
        for (var path : yours.keySet()) {
            all = yours.get(path).equals(mine.get(path)) ? all : all.put(path, read(theirs, path));
        }
        return all;
    }

    private List<String> others(Set<String> ofCards) {
        var paths = new TreeSet<String>();
        Stream.of(ours, theirs).forEach(files -> paths.addAll(files.snapshot().paths()));
        paths.removeAll(ofCards);
        return List.copyOf(paths);
    }

    /** What belongs to no card. */
    private Change other(String path) {
        var was = id(base, path);
        var own = id(ours, path);
        var other = id(theirs, path);
        if (other.equals(was) || other.equals(own)) {
            return Change.NONE;
        }
        if (own.equals(was)) {
            return other.isPresent() ? Change.NONE.put(path, read(theirs, path)) : Change.NONE.remove(path);
        }
        if (ours.isState(path) && theirs.isState(path)) {
            return ours.withState(new RestMerge(
                            base.state(),
                            ours.state().orElseThrow(),
                            theirs.state().orElseThrow())
                    .merged());
        }
        throw new KarutaException(
                "Both have changed " + path + ", each in its way.",
                "Make it the same in both, commit, and merge again.");
    }

    private static Optional<ObjectId> id(PoolFiles files, String path) {
        return Optional.ofNullable(files.snapshot().contents().get(path));
    }

    private static byte[] read(PoolFiles files, String path) {
        return files.snapshot().read(path).orElseThrow();
    }
}
