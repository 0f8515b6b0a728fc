package karuta.archive.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;

/**
 * All files of a revision. It stays what it is whatever is committed later.
 *
 * @param revision which
 * @param contents ids of the files' contents, by path
 * @param history where they are read
 */
public record Snapshot(Revision revision, SortedMap<String, ObjectId> contents, History history) {

    /** The paths of all files. */
    public SortedSet<String> paths() {
        return new TreeSet<>(contents.keySet());
    }

    /**
     * The contents of a file; empty if there is none.
     *
     * @throws karuta.api.KarutaException if they are damaged
     */
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(contents.get(path)).map(id -> history.read(path, id));
    }

    /** The revision as if it had no files. */
    public Snapshot without() {
        return new Snapshot(revision, new TreeMap<>(), history);
    }

    /** What has to happen to these files to become those, by path. */
    public List<Difference> to(Snapshot later) {
        var all = new TreeMap<>(contents);
        all.putAll(later.contents);
        var differences = new ArrayList<Difference>();
        all.keySet().forEach(path -> {
            if (!later.contents.containsKey(path)) {
                differences.add(new Difference(path, Difference.Kind.REMOVED));
            } else if (!contents.containsKey(path)) {
                differences.add(new Difference(path, Difference.Kind.ADDED));
            } else if (!contents.get(path).equals(later.contents.get(path))) {
                differences.add(new Difference(path, Difference.Kind.CHANGED));
            }
        });
        return List.copyOf(differences);
    }
}
